package clinic.scheduling.calendars;

import clinic.scheduling.core.Phi;

/** What stands under an id. */
public sealed interface ReadResult {

  /**
   * It stands.
   *
   * @param text to be compared with {@link Calendar#saying}
   */
  record Says(Phi<String> text) implements ReadResult {}

  /** There is no such entry in the mailbox's own calendar, or not any more. */
  record Absent() implements ReadResult {}

  /** Nobody knows. */
  record Unread(CalendarOutcome.Trouble why) implements ReadResult {}

  /** What a call that did not succeed says of the entry. */
  static ReadResult failed(CalendarOutcome failure) {
    return failure instanceof CalendarOutcome.Trouble trouble ? new Unread(trouble) : new Absent();
  }
}
