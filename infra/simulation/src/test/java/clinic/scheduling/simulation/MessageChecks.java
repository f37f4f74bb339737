package clinic.scheduling.simulation;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.simulation.Outbox.Sent;
import clinic.scheduling.simulation.Truth.Kind;
import clinic.scheduling.simulation.Truth.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks that each patient was told of each change that was not superseded: once on each channel,
 * and correctly.
 */
final class MessageChecks {
  private static final List<String> CHANNELS = List.of("email", "sms");

  /** The maximum age of a read of Canvas plus the time that a message is in progress. */
  private static final long TOLD_LATE = 20_000;

  private final Run run;
  private final Set<String> listed = new HashSet<>();
  private final Map<String, List<Row>> byPartition = new HashMap<>();

  MessageChecks(Run run) {
    this.run = run;
    for (Row row : run.store.all()) {
      RowKey key = row.key();
      if (key.partition().startsWith("trouble#")) {
        listed.add(key.sort());
      }
      byPartition.computeIfAbsent(key.partition(), name -> new ArrayList<>()).add(row);
    }
  }

  void judge() {
    for (Visit visit : run.truth.visits) {
      for (String channel : CHANNELS) {
        List<Sent> sent = run.outbox.to(visit, channel);
        if (visit.kind == Kind.OF_PATIENT) {
          judge(visit, channel, sent, doubts(visit, channel, sent));
        } else if (!sent.isEmpty()) {
          run.result.wrong("somebody was told of " + visit.root() + ", which is no visit");
        }
      }
    }
  }

  private void judge(Visit visit, String channel, List<Sent> sent, TreeSet<Integer> doubts) {
    Optional<Sent> before = Optional.empty();
    for (Sent one : sent) {
      String fault = fault(one, before, doubts);
      if (!fault.isEmpty()) {
        run.result.wrong(channel + " " + fault + ": " + history(visit, sent, doubts));
      }
      before = Optional.of(one);
    }
    String last = visit.now().view();
    // A patient who got the answer to the booking knows of the visit without a message.
    String knows = before.map(it -> it.told().view()).orElse(visit.promised ? "promised" : "gone");
    boolean known = knows.equals(last);
    boolean doubtful = doubts.higher(before.map(Sent::sequence).orElse(-1)) != null;
    if (!last.isEmpty() && !known && !doubtful) {
      run.result.wrong(channel + " not told: " + history(visit, sent, doubts));
    }
  }

  private static String fault(Sent one, Optional<Sent> before, TreeSet<Integer> doubts) {
    int last = before.map(Sent::sequence).orElse(-1);
    if (one.sequence() <= last) {
      return one.sequence() == last ? "told twice" : "told out of turn";
    }
    boolean certain = doubts.subSet(last, one.sequence()).isEmpty();
    boolean doubted = !doubts.subSet(last + 1, one.sequence()).isEmpty();
    boolean same = before.filter(it -> it.told().view().equals(one.told().view())).isPresent();
    if (same && !doubted) {
      return "told twice";
    }
    if (!isTrue(one)) {
      return "told what was no more";
    }
    ToldStep step = ToldStep.to(one.told(), before.map(Sent::told));
    return certain && !step.isSaid(one.said(), one.told())
        ? "said \"" + one.said() + "\" for " + step
        : "";
  }

  private static boolean isTrue(Sent one) {
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

  /** Every unknown outcome is listed for the clinic. */
  private TreeSet<Integer> doubts(Visit visit, String channel, List<Sent> sent) {
    TreeSet<Integer> doubts = new TreeSet<>();
    for (Row row : byPartition.getOrDefault("visit#" + visit.root(), List.of())) {
      String[] name = row.key().sort().split("#", -1);
      if (name[0].equals("message")
          && name[name.length - 1].equals(channel)
          && row.field("state").orElse("").equals("DOUBT")) {
        int sequence = Integer.parseInt(name[1]);
        doubts.add(sequence);
        boolean out = sent.stream().anyMatch(it -> it.sequence() == sequence);
        run.result.count(out ? Counter.MESSAGE_DOUBT_SENT : Counter.MESSAGE_DOUBT_NOT_SENT);
        if (!listed.contains("doubt#" + visit.root() + "#" + sequence + "#" + channel)) {
          run.result.wrong("a doubt that nobody sees: " + row.key());
        }
      }
    }
    return doubts;
  }

  private String history(Visit visit, List<Sent> sent, TreeSet<Integer> doubts) {
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
}
