package clinic.scheduling.benchmark.meetings;

import clinic.scheduling.benchmark.clinic.OutsideCall;
import clinic.scheduling.benchmark.meetings.MeetingClinic.Meeting;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.benchmark.report.Times;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * From a change in a calendar to the block in Canvas: a person makes or moves one meeting after
 * another, the provider sends its notice, and everything is warm. The time without the calls to
 * Canvas, Outlook and Google is our overhead: gateway, intake, queue, table and code.
 *
 * <p>No calendar changes twice within eleven seconds, because the second notice of a burst waits
 * some seconds so that one message can stand for those that follow (decision 47).
 */
public final class MeetingTime implements Measurement {
  private static final int CLINICIANS = 40;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = 10;
  private static final Duration LENGTH = Duration.ofMinutes(30);
  private static final Duration APART = Duration.ofSeconds(11);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(5);

  private final Settings settings;
  private final Clock clock;
  private final Map<MeetingCalendar, Instant> changedAt = new HashMap<>();

  public MeetingTime(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One change, and what it took until Canvas had it.
   *
   * @param outside the total time of the calls to Canvas, Outlook and Google, which are sequential
   */
  private record Change(
      Provider provider, boolean isMove, Duration whole, Duration outside, int calls) {
    Duration overhead() {
      return whole.minus(outside);
    }
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (MeetingClinic clinic = MeetingClinic.start(settings, CLINICIANS, 1, clock)) {
      clinic.watchCalendars();
      clinic.queue(clinic.calendars());
      clinic.awaitQuiet(WARM_UP_LIMIT);
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        makeAndMove(clinic, round);
      }
      progress.say("meeting: everything is warm, " + Machine.now());
      List<Change> changes = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        changes.addAll(makeAndMove(clinic, WARM_UP_ROUNDS + round));
      }
      progress.say("meeting: %d done, %s".formatted(changes.size(), Machine.now()));
      long blocks = clinic.blocks();
      return table(changes, blocks);
    }
  }

  /** Makes a meeting in each calendar, and then moves each. */
  private List<Change> makeAndMove(MeetingClinic clinic, int round)
      throws IOException, InterruptedException {
    Instant start = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(3L + round));
    List<Change> changes = new ArrayList<>();
    List<Meeting> made = new ArrayList<>();
    for (MeetingCalendar calendar : clinic.calendars()) {
      changes.add(
          change(
              clinic,
              calendar,
              OutsideCall::isNewAppointment,
              () -> made.add(clinic.make(calendar, start, LENGTH))));
    }
    for (Meeting meeting : made) {
      changes.add(
          change(
              clinic,
              meeting.calendar(),
              OutsideCall::isChangedAppointment,
              () -> clinic.moveByAnHour(meeting)));
    }
    return changes;
  }

  /** What a person does. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException, InterruptedException;
  }

  private Change change(
      MeetingClinic clinic, MeetingCalendar calendar, Predicate<OutsideCall> isDone, Action action)
      throws IOException, InterruptedException {
    awaitTurn(calendar);
    int before = clinic.calls().count();
    Instant start = clock.instant();
    changedAt.put(calendar, start);
    action.run();
    OutsideCall last = await(clinic, before, isDone, start.plus(LIMIT));
    boolean isMove = last.isChangedAppointment();
    List<OutsideCall> path =
        clinic.calls().after(before).stream()
            .filter(call -> call.began().isAfter(start) && !call.end().isAfter(last.end()))
            .filter(call -> isOnThePath(call, calendar, last))
            .toList();
    Duration outside = path.stream().map(OutsideCall::took).reduce(Duration.ZERO, Duration::plus);
    Duration whole = Duration.between(start, last.end());
    return new Change(calendar.provider(), isMove, whole, outside, path.size());
  }

  private void awaitTurn(MeetingCalendar calendar) throws InterruptedException {
    Instant last = changedAt.getOrDefault(calendar, Instant.EPOCH);
    long millis = Duration.between(clock.instant(), last.plus(APART)).toMillis();
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  private OutsideCall await(
      MeetingClinic clinic, int before, Predicate<OutsideCall> isDone, Instant end)
      throws IOException, InterruptedException {
    while (true) {
      Optional<OutsideCall> done = clinic.calls().firstAfter(before, isDone);
      if (done.isPresent()) {
        return done.get();
      }
      if (clock.instant().isAfter(end)) {
        throw new IOException("A meeting has not become a block in " + LIMIT);
      }
      Thread.sleep(5);
    }
  }

  /**
   * Whether MirrorMeetings made the call for this change. SyncCalendars reads our blocks of earlier
   * changes by their ids, and finds that they are ours.
   */
  private static boolean isOnThePath(OutsideCall call, MeetingCalendar calendar, OutsideCall last) {
    return switch (call.system()) {
      case OUTLOOK, GOOGLE -> call.calendar().equals(calendar.address());
      case CANVAS -> !call.isReadOfAppointment() || call.path().equals(last.path());
    };
  }

  private static Table table(List<Change> changes, long blocks) {
    List<List<String>> rows = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      for (boolean isMove : List.of(false, true)) {
        List<Change> these =
            changes.stream()
                .filter(one -> one.provider() == provider && one.isMove() == isMove)
                .toList();
        String what =
            provider.name().toLowerCase(Locale.ROOT) + (isMove ? ", moved: " : ", made: ");
        rows.add(row(what + "whole", these.stream().map(Change::whole).toList()));
        rows.add(
            row(
                "%s calls outside, together".formatted(calls(these)),
                these.stream().map(Change::outside).toList()));
        rows.add(row("overhead", these.stream().map(Change::overhead).toList()));
      }
    }
    long meetings = (long) CLINICIANS * (WARM_UP_ROUNDS + ROUNDS);
    return new Table(
        "meeting: from a change in a calendar to the block in Canvas, one after another, every call outside taking %d ms; in ms; meetings without a block %d of 0"
            .formatted(MeetingClinic.CALL_MILLIS, meetings - blocks),
        List.of("", "p50", "p90", "p99"),
        rows,
        meetings == blocks);
  }

  private static String calls(List<Change> changes) {
    int least = changes.stream().mapToInt(Change::calls).min().orElseThrow();
    int most = changes.stream().mapToInt(Change::calls).max().orElseThrow();
    return least == most ? String.valueOf(least) : least + " to " + most;
  }

  private static List<String> row(String what, List<Duration> durations) {
    Times times = Times.of(durations.stream().map(Duration::toNanos).toList());
    return List.of(what, ms(times.p50()), ms(times.percentile(90)), ms(times.p99()));
  }

  private static String ms(double millis) {
    return String.format(Locale.ROOT, "%.0f", millis);
  }
}
