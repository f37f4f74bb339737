package clinic.scheduling.calendars;

import clinic.scheduling.core.Phi;
import java.util.function.Function;

/** The answer to {@link Calendar#read}. */
public sealed interface ReadResult {

  /** Calls the function for this case. */
  <R> R fold(
      Function<Found, R> found, Function<Absent, R> absent, Function<Unreadable, R> unreadable);

  /**
   * The entry is there.
   *
   * @param content the content that was read; compare it with {@link Calendar#expectedContent}
   */
  record Found(Phi<String> content) implements ReadResult {
    @Override
    public <R> R fold(
        Function<Found, R> found, Function<Absent, R> absent, Function<Unreadable, R> unreadable) {
      return found.apply(this);
    }
  }

  /** The entry is not in the mailbox's own calendar, or is no longer there. */
  record Absent() implements ReadResult {
    @Override
    public <R> R fold(
        Function<Found, R> found, Function<Absent, R> absent, Function<Unreadable, R> unreadable) {
      return absent.apply(this);
    }
  }

  /** The entry could not be read. */
  record Unreadable(CalendarOutcome.Failure why) implements ReadResult {
    @Override
    public <R> R fold(
        Function<Found, R> found, Function<Absent, R> absent, Function<Unreadable, R> unreadable) {
      return unreadable.apply(this);
    }
  }

  /** The result of a call that failed: an entry that is not found is absent. */
  static ReadResult failed(CalendarOutcome failure) {
    return failure.asFailure().<ReadResult>map(Unreadable::new).orElseGet(Absent::new);
  }
}
