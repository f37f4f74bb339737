package clinic.scheduling.simulation;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.simulation.Truth.Version;
import clinic.scheduling.simulation.Truth.Visit;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares the blocks in Canvas with the meetings in the sandboxes' calendars, by the rules of
 * {@code docs/meetings.md}, written down a second time.
 */
final class MeetingChecks {
  private static final ZoneId CLINIC = ZoneId.of("America/Los_Angeles");
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;

  private final Run run;
  private final MeetingCalendars calendars;
  private final Instant from;
  private final Instant to;

  MeetingChecks(Run run, MeetingCalendars calendars) {
    this.run = run;
    this.calendars = calendars;
    LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(run.start), CLINIC);
    this.from = Instant.ofEpochMilli(run.time.now());
    this.to = today.plusDays(SimulatedPractice.MEETING_DAYS + 6).atStartOfDay(CLINIC).toInstant();
  }

  /** The time of a block, in milliseconds. */
  private record Time(long start, long end) {
    @Override
    public String toString() {
      return Instant.ofEpochMilli(start) + "/" + Duration.ofMillis(end - start);
    }
  }

  void judge() {
    for (int clinician = 0; clinician < run.size.clinicians(); clinician++) {
      judge(clinician);
    }
    visitsAreKept();
    calendarsAreWatched();
  }

  /** Each calendar has a live watch, and in Outlook, where ours are listed, only one. */
  private void calendarsAreWatched() {
    WatchSystem watches = run.meetings().watches;
    for (Provider provider : Provider.values()) {
      for (String mailbox : MeetingCalendars.MAILBOXES) {
        long live =
            watches.live(provider).stream().filter(one -> one.mailbox.equals(mailbox)).count();
        if (live == 0 || provider == Provider.OUTLOOK && live > 1) {
          run.result.wrong(mailbox + " has " + live + " watches of " + provider);
        }
      }
    }
  }

  private void judge(int clinician) {
    Map<Time, Integer> differences =
        new TreeMap<>(Comparator.comparing(Time::start).thenComparing(Time::end));
    List<Time> wanted = wanted(clinician);
    wanted.forEach(time -> differences.merge(time, 1, Integer::sum));
    List<Time> standing = standing(clinician);
    standing.forEach(time -> differences.merge(time, -1, Integer::sum));
    differences.values().removeIf(more -> more == 0);
    run.result.count(Counter.BLOCKS_IN_THE_END, standing.size());
    int refused = 0;
    int leftBehind = 0;
    for (Map.Entry<Time, Integer> one : differences.entrySet()) {
      if (one.getValue() > 0) {
        refused += one.getValue();
        refused(clinician, one.getKey());
      } else if (one.getValue() < 0) {
        leftBehind -= one.getValue();
      }
    }
    // A block whose move Canvas refuses stays where it was.
    if (leftBehind > refused || leftBehind > 0 && !run.canvas.refusesDoubleBooking) {
      run.result.wrong("clinician " + clinician + " has blocks of no meeting: " + differences);
    }
    run.result.count(Counter.BLOCKS_LEFT_BEHIND, leftBehind);
  }

  /** A meeting has no block, which is right only if another appointment has its time. */
  private void refused(int clinician, Time time) {
    if (!run.canvas.refusesDoubleBooking
        || run.canvas.isFree(clinician, time.start(), time.end(), null)) {
      run.result.wrong("clinician " + clinician + " has a meeting without a block at " + time);
    }
    run.result.count(Counter.CONFLICTS_IN_THE_END);
    partlyFree(clinician, time);
  }

  /** Whether a part of a meeting whose block Canvas refuses could be booked. */
  private void partlyFree(int clinician, Time time) {
    for (long at = time.start(); at < time.end(); at += 15 * MINUTE) {
      if (run.canvas.isFree(clinician, at, Math.min(at + 15 * MINUTE, time.end()), null)) {
        run.result.count(Counter.CONFLICTS_PARTLY_FREE);
        return;
      }
    }
  }

  /** Each visit is where people put it last, in Canvas. */
  private void visitsAreKept() {
    for (Visit visit : run.truth.visits) {
      if (visit.block == null) {
        Version now = visit.now();
        if (run.truth.document(now.appointment()).version() != now) {
          run.result.wrong("visit " + visit.number + " is not as it was left");
        }
      }
    }
  }

  private List<Time> standing(int clinician) {
    return run.truth.blocks.stream()
        .map(Visit::now)
        .filter(it -> it.practitioner() == clinician && it.isOn())
        .map(it -> new Time(it.start(), it.end()))
        .filter(this::isCompared)
        .toList();
  }

  private boolean isCompared(Time time) {
    return time.start() < to.toEpochMilli() && time.end() > from.toEpochMilli();
  }

  private List<Time> wanted(int clinician) {
    Map<String, List<Instance>> blocking = new LinkedHashMap<>();
    List<Instance> all = new ArrayList<>(outlook(clinician));
    all.addAll(google(clinician));
    for (Instance one : all) {
      if (one.neverBlocks && !one.gone && one.shown.equals("busy")) {
        run.result.count(Counter.KIND_NEVER_BLOCKS);
      }
      if (blocks(one, SimulatedPractice.rule(clinician, one.provider))) {
        addUnlessBlocked(one, blocking.computeIfAbsent(one.key, key -> new ArrayList<>()));
      }
    }
    return blocking.values().stream()
        .flatMap(List::stream)
        .flatMap(one -> parts(one).stream())
        .filter(this::isCompared)
        .toList();
  }

  /**
   * While the calendars of a clinician have a meeting at different times, all of them are blocked.
   * What one of them has within the time of an earlier one needs no other block.
   */
  private static void addUnlessBlocked(Instance one, List<Instance> copies) {
    boolean isBlocked =
        copies.stream()
            .anyMatch(
                copy ->
                    copy.provider == one.provider
                        ? copy.time().equals(one.time())
                        : copy.time().start() <= one.time().start()
                            && copy.time().end() >= one.time().end());
    if (!isBlocked) {
      copies.add(one);
    }
  }

  /** The usual rules, with what a clinician's calendar changes. */
  record Rule(boolean tentative, int minimumMinutes) {}

  private static boolean blocks(Instance one, Rule rule) {
    if (one.ours || one.gone || one.neverBlocks || one.shown.equals("free")) {
      return false;
    }
    if (one.shown.equals("workingElsewhere") || one.shown.equals("tentative") && !rule.tentative) {
      return false;
    }
    return one.allDay || one.end > one.start && one.end - one.start >= rule.minimumMinutes * MINUTE;
  }

  /** A meeting of more than 24 hours has a block for each day of the clinic. */
  private static List<Time> parts(Instance one) {
    long start = one.time().start();
    long end = one.time().end();
    if (end - start <= DAY) {
      return List.of(new Time(start, end));
    }
    List<Time> parts = new ArrayList<>();
    long at = start;
    while (at < end) {
      long midnight = nextMidnight(at);
      parts.add(new Time(at, Math.min(midnight, end)));
      at = midnight;
    }
    return parts;
  }

  private static long nextMidnight(long at) {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(at), CLINIC);
    return day.plusDays(1).atStartOfDay(CLINIC).toInstant().toEpochMilli();
  }

  /** One meeting or one instance of a series, of either provider. */
  private static final class Instance {
    private final Provider provider;
    private String key = "";
    private long start;
    private long end;
    private boolean allDay;
    private String shown = "busy";
    private boolean ours;
    private boolean gone;
    private boolean neverBlocks;

    Instance(Provider provider) {
      this.provider = provider;
    }

    /** Whole minutes; an all-day meeting without an end is on one day. */
    Time time() {
      long from = start / MINUTE * MINUTE;
      long to = (end + MINUTE - 1) / MINUTE * MINUTE;
      return new Time(from, allDay && to <= from ? nextMidnight(from) : to);
    }
  }

  // Outlook.

  private List<Instance> outlook(int clinician) {
    List<Instance> all = new ArrayList<>();
    for (JsonNode event : calendars.events(Provider.OUTLOOK, clinician)) {
      if (People.isSeries(event)) {
        for (JsonNode one :
            calendars.occurrences(
                clinician, event.path("id").asText(), from.minusSeconds(86_400), to)) {
          String original = Instant.parse(one.path("originalStart").asText()).toString();
          all.add(outlook(one, event.path("iCalUId").asText() + " " + original));
        }
      } else {
        all.add(outlook(event, event.path("iCalUId").asText()));
      }
    }
    return all;
  }

  private static Instance outlook(JsonNode event, String key) {
    Instance one = new Instance(Provider.OUTLOOK);
    one.key = key;
    one.allDay = event.path("isAllDay").asBoolean();
    one.start = outlook(event.path("start"), one.allDay);
    one.end = outlook(event.path("end"), one.allDay);
    one.ours = People.isOurs(event);
    String answer = event.path("responseStatus").path("response").asText();
    one.gone = event.path("isCancelled").asBoolean() || answer.equals("declined");
    one.shown = event.path("showAs").asText();
    boolean undecided = answer.equals("tentativelyAccepted") || answer.equals("notResponded");
    if (one.shown.equals("busy") && undecided) {
      one.shown = "tentative";
    }
    return one;
  }

  private static long outlook(JsonNode time, boolean allDay) {
    LocalDateTime local = LocalDateTime.parse(time.path("dateTime").asText());
    return allDay
        ? local.toLocalDate().atStartOfDay(CLINIC).toInstant().toEpochMilli()
        : local.atZone(ZoneId.of(time.path("timeZone").asText())).toInstant().toEpochMilli();
  }

  // Google.

  private List<Instance> google(int clinician) {
    List<Instance> all = new ArrayList<>();
    for (JsonNode event : calendars.instances(clinician, from.minusSeconds(86_400), to)) {
      Instance one = new Instance(Provider.GOOGLE);
      one.key = event.path("iCalUID").asText() + original(event).map(it -> " " + it).orElse("");
      one.allDay = event.path("start").has("date");
      one.start = google(event.path("start"));
      one.end = google(event.path("end"));
      one.ours = People.isOurs(event);
      String kind = event.path("eventType").asText("default");
      one.neverBlocks = kind.equals("birthday") || kind.equals("workingLocation");
      String answer = "";
      for (JsonNode guest : event.path("attendees")) {
        if (guest.path("self").asBoolean()
            || guest.path("email").asText().equals(MeetingCalendars.MAILBOXES.get(clinician))) {
          answer = guest.path("responseStatus").asText();
        }
      }
      one.gone = event.path("status").asText().equals("cancelled") || answer.equals("declined");
      boolean undecided = answer.equals("tentative") || answer.equals("needsAction");
      one.shown =
          event.path("transparency").asText().equals("transparent")
              ? "free"
              : undecided && !kind.equals("outOfOffice") ? "tentative" : "busy";
      all.add(one);
    }
    return all;
  }

  private static Optional<String> original(JsonNode event) {
    JsonNode original = event.path("originalStartTime");
    return original.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            original.has("date")
                ? LocalDate.parse(original.path("date").asText())
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toString()
                : OffsetDateTime.parse(original.path("dateTime").asText()).toInstant().toString());
  }

  private static long google(JsonNode time) {
    return time.has("date")
        ? LocalDate.parse(time.path("date").asText())
            .atStartOfDay(CLINIC)
            .toInstant()
            .toEpochMilli()
        : OffsetDateTime.parse(time.path("dateTime").asText()).toInstant().toEpochMilli();
  }
}
