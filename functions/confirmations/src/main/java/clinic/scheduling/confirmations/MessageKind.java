package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.queue.Change;

/** What a message says. Each kind has its texts in the language files. */
enum MessageKind {
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

  static MessageKind of(Change change, boolean byPatient) {
    return change == Change.CANCELLED && byPatient ? CANCELLED_BY_PATIENT : valueOf(change.name());
  }

  /** Whether it says that the visit does not take place. */
  boolean isOff() {
    return this == CANCELLED || this == CANCELLED_BY_PATIENT;
  }

  boolean isReminder() {
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
