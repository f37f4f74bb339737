package clinic.scheduling.calendars.effect;

import java.time.Duration;
import java.util.function.Function;

/** The outcome of an effect. */
public sealed interface EffectOutcome {

  /** Calls the function for this case. */
  <R> R fold(
      Function<Settled, R> settled,
      Function<Refused, R> refused,
      Function<Denied, R> denied,
      Function<Later, R> later);

  /**
   * The calendar is as it should be.
   *
   * @param corrected whether somebody had changed or deleted the entry in the calendar
   */
  record Settled(boolean corrected) implements EffectOutcome {
    @Override
    public <R> R fold(
        Function<Settled, R> settled,
        Function<Refused, R> refused,
        Function<Denied, R> denied,
        Function<Later, R> later) {
      return settled.apply(this);
    }
  }

  /**
   * The provider refuses the effect and would refuse a repeat, or the calendar's address is no
   * longer known.
   */
  record Refused(String code) implements EffectOutcome {
    @Override
    public <R> R fold(
        Function<Settled, R> settled,
        Function<Refused, R> refused,
        Function<Denied, R> denied,
        Function<Later, R> later) {
      return refused.apply(this);
    }
  }

  /**
   * We have no access to the mailbox, or do not have it yet, or the mailbox is full.
   *
   * @param tooLong whether access has been denied longer than a new grant takes to become effective
   *     ({@code docs/facts/outlook.md} 1)
   */
  record Denied(String code, boolean tooLong) implements EffectOutcome {
    @Override
    public <R> R fold(
        Function<Settled, R> settled,
        Function<Refused, R> refused,
        Function<Denied, R> denied,
        Function<Later, R> later) {
      return denied.apply(this);
    }
  }

  /** Try again after the delay. */
  record Later(Duration delay) implements EffectOutcome {
    @Override
    public <R> R fold(
        Function<Settled, R> settled,
        Function<Refused, R> refused,
        Function<Denied, R> denied,
        Function<Later, R> later) {
      return later.apply(this);
    }
  }
}
