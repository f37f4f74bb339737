package clinic.scheduling.confirmations.render;

import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.queue.Change;

/** What a message says. Each kind has its texts in the language files. */
public enum MessageKind {
  BOOKED,
  MOVED,
  PRACTITIONER_CHANGED,
  PLACE_CHANGED,
  LINK_CHANGED,
  CHANGED,
  CANCELLED,
  CANCELLED_BY_PATIENT,
  RESTORED,
  REMINDER,
  /** A reminder that asks the patient to confirm. */
  CONFIRM;

  public static MessageKind of(Change change, boolean byPatient) {
    return change == Change.CANCELLED && byPatient ? CANCELLED_BY_PATIENT : valueOf(change.name());
  }

  /** Whether the message says that the visit is cancelled. */
  public boolean isCancellation() {
    return this == CANCELLED || this == CANCELLED_BY_PATIENT;
  }

  public boolean isReminder() {
    return this == REMINDER || this == CONFIRM;
  }

  MessageText subject() {
    return MessageText.valueOf("SUBJECT_" + name());
  }

  MessageText news() {
    return MessageText.valueOf("NEWS_" + name());
  }

  MessageText sms() {
    return MessageText.valueOf("SMS_" + name());
  }
}
