package clinic.scheduling.simulation;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The meetings of one provider's calendars as one process reads them: throttling, missing answers,
 * and sometimes an answer without any meetings.
 */
final class MeetingSourceView implements MeetingSource {
  private static final double UNAVAILABLE_PERCENT = 2.5;
  private static final double THROTTLED_PERCENT = 2.5;

  private final Run run;
  private final Process process;
  private final MeetingSource real;

  MeetingSourceView(Run run, Process process, MeetingSource real) {
    this.run = run;
    this.process = process;
    this.real = real;
  }

  @Override
  public Provider provider() {
    return real.provider();
  }

  @Override
  public MeetingRound readAll(String mailbox, Interval window) {
    run.result.count(Counter.FULL_ROUNDS);
    return round(
        () -> {
          MeetingRound round = real.readAll(mailbox, window);
          return isForgetful(mailbox) ? round.accept(new WithoutMeetings()) : round;
        });
  }

  @Override
  public MeetingRound changesSince(String mailbox, Interval window, String cursor) {
    run.result.count(Counter.LATER_ROUNDS);
    return round(
        () ->
            isForgetful(mailbox)
                ? new MeetingRound.CursorExpired()
                : real.changesSince(mailbox, window, cursor));
  }

  private boolean isForgetful(String mailbox) {
    return run.people().isForgetful(provider(), mailbox);
  }

  private MeetingRound round(Supplier<MeetingRound> ask) {
    return process.effect(
        EffectKind.CALENDAR_ROUND,
        () -> {
          if (trouble(THROTTLED_PERCENT)) {
            run.result.count(Counter.THROTTLED);
            Duration delay = Duration.ofSeconds(run.random.between(1, 30));
            return failed(new CalendarOutcome.TryLater(delay));
          }
          if (trouble(UNAVAILABLE_PERCENT)) {
            run.result.count(Counter.UNAVAILABLE);
            return failed(new CalendarOutcome.Unknown(Duration.ofSeconds(5)));
          }
          return ask.get();
        });
  }

  private MeetingRound failed(CalendarOutcome why) {
    run.result.count(Counter.ROUND_FAILED);
    return MeetingRound.failed(why);
  }

  private boolean trouble(double percent) {
    return !run.faults.isClear() && run.random.percent(percent);
  }

  /** A provider that answers as if the calendar were empty. */
  private static final class WithoutMeetings implements MeetingRound.Visitor<MeetingRound> {
    @Override
    public MeetingRound read(MeetingRound.Read round) {
      return new MeetingRound.Read(List.of(), round.cursor());
    }

    @Override
    public MeetingRound cursorExpired(MeetingRound.CursorExpired round) {
      return round;
    }

    @Override
    public MeetingRound tooMany(MeetingRound.TooMany round) {
      return round;
    }

    @Override
    public MeetingRound unreadable(MeetingRound.Unreadable round) {
      return round;
    }
  }
}
