package clinic.scheduling.calendars;

import java.time.Duration;

/** What a calendar answered. */
public sealed interface CalendarOutcome {

  /** The entry is there, under this id of the provider. */
  record Standing(String externalId) implements CalendarOutcome {}

  /** There is no such entry, or not any more. */
  record Gone() implements CalendarOutcome {}

  /**
   * It will be refused again as it is; nothing was done.
   *
   * @param code the provider's own name of the reason
   */
  record Refused(String code) implements CalendarOutcome {}

  /**
   * This system may not do it; nothing was done. Access to a mailbox that was added lately takes
   * hours to arrive, so asking again is right, without leaving the mailbox alone.
   *
   * @param code the provider's own name of the reason
   */
  record Denied(String code) implements CalendarOutcome {}

  /** Nothing was done; ask again after the delay. */
  record TryLater(Duration delay) implements CalendarOutcome {}

  /** Nobody knows whether it was done: look it up by its name, after the delay. */
  record Unknown(Duration delay) implements CalendarOutcome {}
}
