package clinic.scheduling.calendars.effect;

import java.time.Duration;
import java.util.function.Function;

/** What came of an effect. */
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
   * @param putRight whether somebody had changed or deleted the entry in the calendar
   */
  record Settled(boolean putRight) implements EffectOutcome {
    @Override
    public <R> R fold(
        Function<Settled, R> settled,
        Function<Refused, R> refused,
        Function<Denied, R> denied,
        Function<Later, R> later) {
      return settled.apply(this);
    }
  }

  /** The provider refuses, and will do so again. */
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
   * We have no access to the mailbox, or not yet.
   *
   * @param tooLong whether a grant would be effective by now
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
