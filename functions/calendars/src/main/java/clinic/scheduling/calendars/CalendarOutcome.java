package clinic.scheduling.calendars;

import java.time.Duration;
import java.util.Optional;

/** What a calendar answered. */
public sealed interface CalendarOutcome {

  /** The entry is there, under this id of the provider. */
  record Standing(String externalId) implements CalendarOutcome {}

  /** There is no such entry, or not any more. */
  record Gone() implements CalendarOutcome {}

  /** It did not come to pass, or nobody knows. */
  sealed interface Trouble extends CalendarOutcome {

    /** How long the mailbox is to be left alone, by anybody. */
    default Optional<Duration> pause() {
      return Optional.empty();
    }
  }

  /**
   * It will be refused again as it is; nothing was done.
   *
   * @param code the provider's own name of the reason
   */
  record Refused(String code) implements Trouble {}

  /**
   * This system may not do it, or the mailbox is full; nothing was done. Access to a mailbox that
   * was added lately takes hours to arrive, so asking again is right, without leaving the mailbox
   * alone.
   *
   * @param code the provider's own name of the reason
   */
  record Denied(String code) implements Trouble {}

  /** Nothing was done; ask again after the delay. */
  record TryLater(Duration delay) implements Trouble {
    @Override
    public Optional<Duration> pause() {
      return Optional.of(delay);
    }
  }

  /** Nobody knows whether it was done: look it up by its name, after the delay. */
  record Unknown(Duration delay) implements Trouble {
    @Override
    public Optional<Duration> pause() {
      return Optional.of(delay);
    }
  }
}
