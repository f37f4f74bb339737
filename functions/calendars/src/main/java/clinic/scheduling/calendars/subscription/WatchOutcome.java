package clinic.scheduling.calendars.subscription;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.CalendarOutcome.Failure;
import java.time.Instant;
import java.util.function.Function;

/** The outcome of one call about a watch. */
public sealed interface WatchOutcome {

  /** Calls the function for this case. */
  <R> R fold(Function<Open, R> open, Function<Ended, R> ended, Function<Failed, R> failed);

  /**
   * The provider has the watch.
   *
   * @param external the provider's id: of the subscription, or of the watched resource
   * @param ends when the watch ends, as the provider says
   */
  record Open(String external, Instant ends) implements WatchOutcome {
    @Override
    public <R> R fold(
        Function<Open, R> open, Function<Ended, R> ended, Function<Failed, R> failed) {
      return open.apply(this);
    }
  }

  /** The provider does not have the watch, or does not have it any more. */
  record Ended() implements WatchOutcome {
    @Override
    public <R> R fold(
        Function<Open, R> open, Function<Ended, R> ended, Function<Failed, R> failed) {
      return ended.apply(this);
    }
  }

  /** The call failed. Unless the failure is {@link CalendarOutcome.Unknown}, it changed nothing. */
  record Failed(Failure why) implements WatchOutcome {
    @Override
    public <R> R fold(
        Function<Open, R> open, Function<Ended, R> ended, Function<Failed, R> failed) {
      return failed.apply(this);
    }

    /** Whether the provider may have done what it was asked to do. */
    public boolean isUnknown() {
      return why.asReadOutcome() != why;
    }
  }

  /** The result of a call that failed: what is not found has ended. */
  static WatchOutcome failed(CalendarOutcome failure) {
    return failure.asFailure().<WatchOutcome>map(Failed::new).orElseGet(Ended::new);
  }
}
