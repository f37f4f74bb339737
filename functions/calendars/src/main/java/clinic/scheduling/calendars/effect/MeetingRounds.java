package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.meeting.MeetingSources;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * Reads the meetings of a calendar. The same {@link MailboxLimiter} limits these calls and the
 * changes. If the limiter grants no permit, a round is {@code Unreadable}, with {@code TryLater} as
 * the reason.
 */
@Singleton
public final class MeetingRounds {
  private final MailboxLimiter limiter;
  private final MeetingSources sources;

  MeetingRounds(MailboxLimiter limiter, MeetingSources sources) {
    this.limiter = limiter;
    this.sources = sources;
  }

  /** See {@link MeetingSource#readAll}. */
  public MeetingRound readAll(CalendarBinding binding, Interval window) {
    return read(binding, source -> source.readAll(binding.address(), window));
  }

  /** See {@link MeetingSource#changesSince}. */
  public MeetingRound changesSince(CalendarBinding binding, Interval window, String cursor) {
    return read(binding, source -> source.changesSince(binding.address(), window, cursor));
  }

  private MeetingRound read(CalendarBinding binding, Function<MeetingSource, MeetingRound> round) {
    return limiter
        .acquire(binding.key())
        .fold(
            permit -> read(permit, binding, round),
            later -> new MeetingRound.Unreadable(new TryLater(later.delay())));
  }

  private MeetingRound read(
      MailboxLimiter.PermitResult.Granted permit,
      CalendarBinding binding,
      Function<MeetingSource, MeetingRound> round) {
    try {
      MeetingRound result = round.apply(sources.of(binding.provider()));
      result.pause().ifPresent(delay -> limiter.pause(binding.key(), delay));
      return result;
    } finally {
      limiter.release(permit);
    }
  }
}
