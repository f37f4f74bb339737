package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome.Failure;
import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads the meetings of a mailbox within the limits on calls to it. If the limiter grants no
 * permit, the round is {@code Unreadable}, with {@code TryLater} as the reason. Entries of ours are
 * marked as such, by their stamp or by their id.
 */
@Singleton
public final class MeetingRounds {
  private final MailboxLimiter limiter;
  private final EntryIds entries;
  private final List<MeetingSource> sources;

  MeetingRounds(MailboxLimiter limiter, EntryIds entries, @All List<MeetingSource> sources) {
    this.limiter = limiter;
    this.entries = entries;
    this.sources = List.copyOf(sources);
  }

  /**
   * A round, and whether the mailbox has denied access longer than a new grant takes to become
   * effective.
   */
  public record Result(MeetingRound round, boolean deniedTooLong) {}

  /** As {@link MeetingSource#readAll}. */
  public Result readAll(CalendarBinding binding, Interval window) {
    return read(binding, (source, mailbox) -> source.readAll(mailbox, window));
  }

  /** As {@link MeetingSource#changesSince}. */
  public Result changesSince(CalendarBinding binding, Interval window, String cursor) {
    return read(binding, (source, mailbox) -> source.changesSince(mailbox, window, cursor));
  }

  private Result read(
      CalendarBinding binding, BiFunction<MeetingSource, String, MeetingRound> call) {
    return limiter
        .acquire(binding.key())
        .fold(
            permit -> read(permit, binding, call),
            later -> new Result(new MeetingRound.Unreadable(new TryLater(later.delay())), false));
  }

  private Result read(
      MailboxLimiter.PermitResult.Granted permit,
      CalendarBinding binding,
      BiFunction<MeetingSource, String, MeetingRound> call) {
    try {
      MeetingRound round = call.apply(source(binding), binding.address());
      Optional<Failure> failure = round.accept(new FailureOf());
      failure.flatMap(Failure::pause).ifPresent(delay -> limiter.pause(binding.key(), delay));
      boolean tooLong =
          failure.filter(Failure::isDenied).isPresent() && limiter.recordDenial(binding.key());
      if (failure.isEmpty() && permit.wasDenied()) {
        limiter.endDenial(binding.key());
      }
      return new Result(round.accept(new Mark(binding.key())), tooLong);
    } finally {
      limiter.release(permit);
    }
  }

  private MeetingSource source(CalendarBinding binding) {
    return sources.stream()
        .filter(one -> one.provider() == binding.provider())
        .findFirst()
        .orElseThrow();
  }

  /** Marks the entries of ours that a round shows. */
  private final class Mark implements MeetingRound.Visitor<MeetingRound> {
    private final String binding;

    Mark(String binding) {
      this.binding = binding;
    }

    @Override
    public MeetingRound read(MeetingRound.Read round) {
      return new MeetingRound.Read(entries.marked(binding, round.changes()), round.cursor());
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

  private static final class FailureOf implements MeetingRound.Visitor<Optional<Failure>> {
    @Override
    public Optional<Failure> read(MeetingRound.Read round) {
      return Optional.empty();
    }

    @Override
    public Optional<Failure> cursorExpired(MeetingRound.CursorExpired round) {
      return Optional.empty();
    }

    @Override
    public Optional<Failure> tooMany(MeetingRound.TooMany round) {
      return Optional.empty();
    }

    @Override
    public Optional<Failure> unreadable(MeetingRound.Unreadable round) {
      return Optional.of(round.why());
    }
  }
}
