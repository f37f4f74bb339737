package clinic.scheduling.calendars;

import java.time.Duration;
import java.util.Optional;

/** What a calendar answered. */
public sealed interface CalendarOutcome {

  /** The entry is there, under this id of the provider. */
  record Exists(String externalId) implements CalendarOutcome {}

  /** There is no such entry, or not any more. */
  record Gone() implements CalendarOutcome {}

  /**
   * The id leads nowhere: the entry is gone, or was made so lately that it does not show yet. Its
   * name tells more.
   */
  record NotFound() implements CalendarOutcome {}

  /** It did not come to pass, or nobody knows. */
  sealed interface Trouble extends CalendarOutcome {

    /** How long the mailbox is to be left alone, by anybody. */
    default Optional<Duration> pause() {
      return Optional.empty();
    }
  }

  /**
   * This one entry will be refused again as it is, or there is no such mailbox; nothing was done.
   *
   * @param code the provider's own name of the reason
   */
  record Refused(String code) implements Trouble {}

  /**
   * The mailbox is closed to this system, or full; nothing was done. Access to a mailbox that was
   * added lately takes hours to arrive, so asking again is right, without leaving the mailbox
   * alone.
   *
   * @param code the provider's own name of the reason
   */
  record Denied(String code) implements Trouble {}

  /**
   * Nothing was done to this one entry, with which somebody else is busy or which does not show
   * yet; ask again after the delay. Nothing is the matter with the mailbox.
   */
  record Busy(Duration delay) implements Trouble {
    private static final Duration SOON = Duration.ofSeconds(15);

    /** What does not show yet is asked for again soon. */
    public static Busy notYet() {
      return new Busy(SOON);
    }
  }

  /** Nothing was done; the mailbox is to be left alone, and asked again after the delay. */
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
