package clinic.scheduling.benchmark.meetings;

import clinic.scheduling.benchmark.clinic.OutsideCall;
import clinic.scheduling.benchmark.clinic.OutsideCalls;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import java.io.IOException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The first full round over calendars that are full already, and an idle round, in which nothing
 * has changed: of one clinician with 1,000 instances of recurring meetings, in Outlook and in
 * Google, and of 256 clinicians with 40 meetings in one week. Canvas sends no notices of the
 * blocks, because on AWS other functions handle them elsewhere.
 */
public final class RoundTime implements Measurement {
  private static final int SERIES = 20;
  private static final int DAYS = 50;
  private static final int CLINICIANS = 256;
  private static final int DAYS_OF_A_WEEK = 5;
  private static final int MEETINGS_A_DAY = 8;

  /** The weeks of a booking window of 90 days and the week after it. */
  private static final int WEEKS = 14;

  private static final int PROCESSES = 4;
  private static final Duration SHORT = Duration.ofMinutes(20);
  private static final Duration LIMIT = Duration.ofMinutes(40);

  /** Limits of the providers: docs/facts/outlook.md 5, docs/facts/google.md 5. */
  private static final int OUTLOOK_AT_ONCE = 4;

  private static final int OUTLOOK_IN_TEN_MINUTES = 10_000;
  private static final int GOOGLE_A_MINUTE_AND_USER = 600;
  private static final int GOOGLE_A_MINUTE = 10_000;

  private final Settings settings;
  private final Clock clock;

  public RoundTime(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A round of some calendars.
   *
   * @param blocks how many blocks it made
   * @param firstHalf how long the first half of the blocks took
   */
  private record MeasuredRound(
      String what,
      int calendars,
      int blocks,
      Duration time,
      Duration firstHalf,
      List<OutsideCall> calls) {
    long callsTo(OutsideCall.System system) {
      return OutsideCalls.bySystem(calls).getOrDefault(system, 0L);
    }

    double perSecond() {
      return blocks / (time.toMillis() / 1000.0);
    }

    /** The most calls to the calendar of one clinician. */
    int mostToOneCalendar() {
      return OutsideCalls.most(
          calls.stream().filter(call -> call.system() != OutsideCall.System.CANVAS).toList(),
          time.plus(Duration.ofMinutes(1)),
          OutsideCall::calendar);
    }

    /** At most one call to each calendar, and none to Canvas. */
    boolean isIdle() {
      return blocks == 0 && callsTo(OutsideCall.System.CANVAS) == 0 && mostToOneCalendar() <= 1;
    }
  }

  /** The most calls that a limit of a provider counts together. */
  private record Calls(String what, int most, int allowed) {
    boolean areAllowed() {
      return most <= allowed;
    }

    @Override
    public String toString() {
      return "%s %d of %d".formatted(what, most, allowed);
    }
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    List<MeasuredRound> first = new ArrayList<>();
    List<MeasuredRound> idle = new ArrayList<>();
    List<Calls> limits = new ArrayList<>();
    boolean complete = oneClinician(progress, first, idle, limits);
    complete &= manyClinicians(progress, first, idle, limits);
    boolean reached =
        complete
            && idle.stream().allMatch(MeasuredRound::isIdle)
            && limits.stream().allMatch(Calls::areAllowed);
    return table(first, idle, limits, reached);
  }

  /** A clinician with Outlook, and then one with Google. */
  private boolean oneClinician(
      Progress progress, List<MeasuredRound> first, List<MeasuredRound> idle, List<Calls> limits)
      throws IOException, InterruptedException {
    try (MeetingClinic clinic = MeetingClinic.start(settings, 3, 1, clock)) {
      clinic.clinic().withoutNotices();
      warmUp(clinic, List.of(clinic.calendars().get(2)));
      Instant day = monday();
      boolean complete = true;
      for (MeetingCalendar calendar : clinic.calendars().subList(0, 2)) {
        for (int series = 0; series < SERIES; series++) {
          clinic.makeDaily(calendar, day.plus(SHORT.multipliedBy(series)), SHORT, DAYS);
        }
        progress.say("meetings: 1 clinician, %s, %s".formatted(calendar.provider(), Machine.now()));
        String what = "1 clinician, " + calendar.providerName();
        first.add(round(clinic, what, List.of(calendar)));
        idle.add(round(clinic, what, List.of(calendar)));
        complete &= first.get(first.size() - 1).blocks() == SERIES * DAYS;
      }
      limits.addAll(limits(clinic));
      return complete && clinic.deadLetters() == 0;
    }
  }

  private boolean manyClinicians(
      Progress progress, List<MeasuredRound> first, List<MeasuredRound> idle, List<Calls> limits)
      throws IOException, InterruptedException {
    try (MeetingClinic clinic = MeetingClinic.start(settings, CLINICIANS + 8, PROCESSES, clock)) {
      clinic.clinic().withoutNotices();
      List<MeetingCalendar> calendars = clinic.calendars().subList(0, CLINICIANS);
      warmUp(clinic, clinic.calendars().subList(CLINICIANS, CLINICIANS + 8));
      for (MeetingCalendar calendar : calendars) {
        for (int number = 0; number < DAYS_OF_A_WEEK * MEETINGS_A_DAY; number++) {
          Instant start =
              monday()
                  .plus(Duration.ofDays(number / MEETINGS_A_DAY))
                  .plus(Duration.ofHours(number % MEETINGS_A_DAY));
          clinic.make(calendar, start, Duration.ofMinutes(30));
        }
      }
      progress.say("meetings: %d clinicians, %s".formatted(CLINICIANS, Machine.now()));
      String what = CLINICIANS + " clinicians";
      first.add(round(clinic, what, calendars));
      progress.say("meetings: the first round is done, " + Machine.now());
      idle.add(round(clinic, what, calendars));
      limits.addAll(limits(clinic));
      return first.get(first.size() - 1).blocks() == CLINICIANS * DAYS_OF_A_WEEK * MEETINGS_A_DAY
          && clinic.deadLetters() == 0;
    }
  }

  /** Rounds of other calendars, so that each process has made blocks. */
  private void warmUp(MeetingClinic clinic, Collection<MeetingCalendar> calendars)
      throws IOException, InterruptedException {
    for (MeetingCalendar calendar : calendars) {
      clinic.makeDaily(calendar, monday(), SHORT, DAYS);
    }
    clinic.queue(calendars);
    clinic.awaitQuiet(LIMIT);
  }

  /** Next Monday, early in the morning of the clinic. */
  private Instant monday() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
        .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
        .atTime(15, 0)
        .toInstant(ZoneOffset.UTC);
  }

  private MeasuredRound round(MeetingClinic clinic, String what, List<MeetingCalendar> calendars)
      throws IOException, InterruptedException {
    int before = clinic.calls().count();
    Instant start = clock.instant();
    clinic.queue(calendars);
    clinic.awaitQuiet(LIMIT);
    List<OutsideCall> calls = clinic.calls().after(before);
    List<OutsideCall> blocks = calls.stream().filter(OutsideCall::isNewAppointment).toList();
    Instant end = calls.get(calls.size() - 1).end();
    Instant half = blocks.isEmpty() ? end : blocks.get((blocks.size() - 1) / 2).end();
    return new MeasuredRound(
        what,
        calendars.size(),
        blocks.size(),
        Duration.between(start, end),
        Duration.between(start, half),
        calls);
  }

  private static List<Calls> limits(MeetingClinic clinic) throws IOException, InterruptedException {
    Map<OutsideCall.System, List<OutsideCall>> calls =
        clinic.calls().after(0).stream().collect(Collectors.groupingBy(OutsideCall::system));
    List<OutsideCall> outlook = calls.getOrDefault(OutsideCall.System.OUTLOOK, List.of());
    List<OutsideCall> google = calls.getOrDefault(OutsideCall.System.GOOGLE, List.of());
    Duration minute = Duration.ofMinutes(1);
    return List.of(
        new Calls("Graph at once and mailbox", clinic.mostConcurrentInOutlook(), OUTLOOK_AT_ONCE),
        new Calls(
            "Graph in ten minutes and mailbox",
            OutsideCalls.most(outlook, Duration.ofMinutes(10), OutsideCall::calendar),
            OUTLOOK_IN_TEN_MINUTES),
        new Calls(
            "Google a minute and user",
            OutsideCalls.most(google, minute, OutsideCall::calendar),
            GOOGLE_A_MINUTE_AND_USER),
        new Calls(
            "Google a minute and project",
            OutsideCalls.most(google, minute, call -> ""),
            GOOGLE_A_MINUTE));
  }

  private static Table table(
      List<MeasuredRound> first, List<MeasuredRound> idle, List<Calls> limits, boolean reached) {
    List<List<String>> rows = new ArrayList<>();
    first.forEach(round -> rows.add(row("first round, " + round.what(), round)));
    idle.forEach(round -> rows.add(row("idle round, " + round.what(), round)));
    MeasuredRound many = first.get(first.size() - 1);
    return new Table(
        ("meetings: 1 clinician with %d instances of recurring meetings; %d clinicians with %d meetings in one week, %d processes; every call outside taking %d ms."
                + " First half of the blocks of %d clinicians: %s s. %d such weeks, if each takes as long as this one: %s minutes."
                + " The most calls, for 1 clinician and then for %d: %s")
            .formatted(
                SERIES * DAYS,
                CLINICIANS,
                DAYS_OF_A_WEEK * MEETINGS_A_DAY,
                PROCESSES,
                MeetingClinic.CALL_MILLIS,
                CLINICIANS,
                seconds(many.firstHalf()),
                WEEKS,
                number(many.time().toMillis() * WEEKS / 60_000.0),
                CLINICIANS,
                limits.stream().map(Calls::toString).collect(Collectors.joining(", "))),
        List.of(
            "",
            "calendars",
            "blocks",
            "seconds",
            "a second",
            "Graph",
            "Google",
            "Canvas",
            "most to one calendar"),
        rows,
        reached);
  }

  private static List<String> row(String what, MeasuredRound round) {
    return List.of(
        what,
        String.valueOf(round.calendars()),
        String.valueOf(round.blocks()),
        seconds(round.time()),
        round.blocks() == 0 ? "" : number(round.perSecond()),
        String.valueOf(round.callsTo(OutsideCall.System.OUTLOOK)),
        String.valueOf(round.callsTo(OutsideCall.System.GOOGLE)),
        String.valueOf(round.callsTo(OutsideCall.System.CANVAS)),
        String.valueOf(round.mostToOneCalendar()));
  }

  private static String seconds(Duration time) {
    return number(time.toMillis() / 1000.0);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
