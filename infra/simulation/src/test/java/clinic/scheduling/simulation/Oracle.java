package clinic.scheduling.simulation;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.simulation.CalendarSystem.Event;
import clinic.scheduling.simulation.Clinic.Kind;
import clinic.scheduling.simulation.Clinic.Version;
import clinic.scheduling.simulation.Clinic.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Knows the truth, and says what is wrong with what came of it. */
final class Oracle {
  private static final List<String> CHANNELS = List.of("email", "sms");

  /** A read of Canvas may be so old, and a message under way for so long. */
  private static final long TOLD_LATE = 20_000;

  private final Run run;
  private final List<List<CalendarBinding>> bindings;
  final List<Long> calmLags = new ArrayList<>();
  final List<Long> stormLags = new ArrayList<>();

  Oracle(Run run, Practice practice) {
    this.run = run;
    this.bindings =
        practice.practitioners().stream().map(clinician -> clinician.calendars()).toList();
  }

  /** An invocation of the fan-out is over, or dead: whatever has settled by it is measured. */
  void synced(Process process, boolean done) {
    run.tally.count(done ? Counted.SYNCS : Counted.SYNC_FAILED);
    Version served = process.work.served;
    if (served == null) {
      return;
    }
    Visit visit = served.visit();
    if (visit.unsettled.isEmpty()) {
      return;
    }
    int shown = newestShown(visit);
    if (done
        && process.work.calendarWrites == 0
        && visit.unsettled.stream().anyMatch(it -> it.about.number() < shown)) {
      run.tally.count(Counted.STALE_NOTICE_IGNORED);
    }
    visit.unsettled.removeIf(
        notice -> {
          if (notice.about.number() > shown) {
            return false;
          }
          long lag = run.time.now() - notice.acceptedAt;
          (run.weather.isStorm(notice.acceptedAt) ? stormLags : calmLags).add(Math.max(0, lag));
          return true;
        });
  }

  /** The newest version that both calendars show; -1 if they show none. */
  private int newestShown(Visit visit) {
    Map<String, List<Event>> outlook = run.outlook.standing(visit.root());
    Map<String, List<Event>> google = run.google.standing(visit.root());
    for (int i = visit.versions.size() - 1; i >= 0; i--) {
      Version version = visit.versions.get(i);
      if (isShown(version, Provider.OUTLOOK, outlook)
          && isShown(version, Provider.GOOGLE, google)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isShown(Version version, Provider provider, Map<String, List<Event>> standing) {
    if (!Expected.isShown(version)) {
      return standing.isEmpty();
    }
    CalendarBinding binding = binding(version.practitioner(), provider);
    List<Event> here = standing.get(binding.address());
    return standing.size() == 1
        && here != null
        && here.size() == 1
        && same(here.get(0).entry, Expected.entry(version, binding));
  }

  private CalendarBinding binding(int clinician, Provider provider) {
    return bindings.get(clinician).stream()
        .filter(one -> one.provider() == provider)
        .findFirst()
        .orElseThrow();
  }

  private static boolean same(CalendarEntry one, CalendarEntry other) {
    return Arrays.equals(one.parts(), other.parts());
  }

  /** After everything: each invariant, each violation told. */
  void judge() {
    for (Visit visit : run.clinic.visits) {
      calendars(visit, run.outlook);
      calendars(visit, run.google);
      if (visit.kind == Kind.OF_PATIENT) {
        CHANNELS.forEach(channel -> messages(visit, channel));
      } else if (CHANNELS.stream().anyMatch(channel -> !run.outbox.to(visit, channel).isEmpty())) {
        run.tally.wrong("somebody was told of " + visit.root() + ", which is no visit");
      }
    }
    strangers(run.outlook);
    strangers(run.google);
    deadLetters();
  }

  private void calendars(Visit visit, CalendarSystem system) {
    Version now = visit.now();
    Map<String, List<Event>> standing = system.standing(visit.root());
    if (!isShown(now, system.provider, standing)) {
      run.tally.wrong(
          "%s, visit %d %s (clinician %d, %s): stands %s"
              .formatted(
                  system.provider,
                  visit.number,
                  now.status(),
                  now.practitioner(),
                  now.appointment(),
                  text(standing)));
    }
  }

  private static String text(Map<String, List<Event>> standing) {
    StringBuilder text = new StringBuilder();
    standing.forEach(
        (mailbox, events) ->
            events.forEach(
                event ->
                    text.append(mailbox)
                        .append(' ')
                        .append(event.id)
                        .append(' ')
                        .append(Arrays.toString(event.entry.parts()))));
    return text.toString();
  }

  private void strangers(CalendarSystem system) {
    system
        .boxes()
        .forEach(
            (mailbox, box) ->
                box.events.values().stream()
                    .filter(it -> !it.deleted && !run.clinic.byRoot.containsKey(it.stamp.root()))
                    .forEach(
                        it ->
                            run.tally.wrong(
                                mailbox + " has an entry of no visit: " + it.stamp.root())));
  }

  /** Exactly one message for each change that was not superseded. */
  private void messages(Visit visit, String channel) {
    List<Outbox.Sent> sent = run.outbox.to(visit, channel);
    TreeSet<Integer> doubts = doubts(visit, channel, sent);
    String before = "";
    int sequence = -1;
    for (Outbox.Sent one : sent) {
      if (one.sequence() == sequence
          || (one.told().view().equals(before)
              && doubts.subSet(sequence, false, one.sequence(), false).isEmpty())) {
        run.tally.wrong(channel + " told twice: " + history(visit, sent, doubts));
      }
      if (!isTrue(one)) {
        run.tally.wrong(channel + " told what was no more: " + history(visit, sent, doubts));
      }
      before = one.told().view();
      sequence = one.sequence();
    }
    String last = visit.now().view();
    boolean never = sent.isEmpty() && last.equals("gone");
    boolean doubtful = doubts.higher(sequence) != null;
    if (!last.isEmpty() && !never && !before.equals(last) && !doubtful) {
      run.tally.wrong(channel + " not told: " + history(visit, sent, doubts));
    }
  }

  private String history(Visit visit, List<Outbox.Sent> sent, TreeSet<Integer> doubts) {
    return "visit %d of %s, was %s, told %s, doubts %s"
        .formatted(
            visit.number,
            visit.root(),
            visit.versions.stream().map(it -> (it.at() - run.start) + ": " + it.view()).toList(),
            sent.stream()
                .map(
                    it ->
                        "#%d at %d: %s"
                            .formatted(it.sequence(), it.at() - run.start, it.told().view()))
                .toList(),
            doubts);
  }

  private static boolean isTrue(Outbox.Sent one) {
    if (one.told().view().equals(one.truth().view())) {
      return true;
    }
    Visit visit = one.told().visit();
    return visit.versions.stream()
        .filter(it -> it.number() > one.told().number() && !it.view().equals(one.told().view()))
        .findFirst()
        .filter(next -> one.at() - next.at() < TOLD_LATE)
        .isPresent();
  }

  /** Every doubt is listed for the clinic, and is of a message that went out or did not. */
  private TreeSet<Integer> doubts(Visit visit, String channel, List<Outbox.Sent> sent) {
    TreeSet<Integer> doubts = new TreeSet<>();
    for (Row row : run.store.readPartition("visit#" + visit.root())) {
      if (row.key().sort().startsWith("message#")
          && row.key().sort().endsWith("#" + channel)
          && row.field("state").orElse("").equals("DOUBT")) {
        int sequence = Integer.parseInt(row.key().sort().split("#", -1)[1]);
        doubts.add(sequence);
        boolean out = sent.stream().anyMatch(it -> it.sequence() == sequence);
        run.tally.count(out ? Counted.MESSAGE_DOUBT_SENT : Counted.MESSAGE_DOUBT_NOT_SENT);
        if (!isListed(visit.root() + "#" + sequence + "#" + channel)) {
          run.tally.wrong("a doubt that nobody sees: " + row.key());
        }
      }
    }
    return doubts;
  }

  private boolean isListed(String name) {
    return run.store.partitions().entrySet().stream()
        .filter(it -> it.getKey().startsWith("trouble#"))
        .anyMatch(it -> it.getValue().containsKey("doubt#" + name));
  }

  private void deadLetters() {
    Map<String, Integer> dead = new HashMap<>();
    for (Letterbox.Letter letter : run.functions.changes.dead) {
      dead.merge(poisonOf(letter.body), 1, Integer::sum);
    }
    for (Letterbox.Letter letter : run.functions.messages.dead) {
      dead.merge(poisonOf(letter.body), 1, Integer::sum);
    }
    for (Letterbox.Letter letter : run.functions.events.dead) {
      dead.merge(poisonOf(letter.body), 1, Integer::sum);
    }
    TreeSet<String> missing = new TreeSet<>(run.poison);
    missing.removeAll(dead.keySet());
    if (!missing.isEmpty()) {
      run.tally.wrong("poison that is no dead letter: " + missing);
    }
    dead.keySet().stream()
        .filter(it -> !run.poison.contains(it))
        .forEach(it -> run.tally.wrong("a dead letter that is no poison: " + it));
    if (run.functions.changes.waiting() + run.functions.messages.waiting() > 0) {
      run.tally.wrong(
          "messages left in the queues: "
              + run.functions.changes.waiting()
              + " and "
              + run.functions.messages.waiting());
    }
  }

  private String poisonOf(String body) {
    return run.poison.stream().filter(body::contains).findFirst().orElse(body);
  }
}
