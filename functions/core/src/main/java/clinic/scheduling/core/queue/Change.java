package clinic.scheduling.core.queue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened to a visit, as a patient sees it. */
public enum Change {
  BOOKED,
  /** The visit has another time, whatever else changed. */
  MOVED,
  PRACTITIONER_CHANGED,
  PLACE_CHANGED,
  LINK_CHANGED,
  /** More than one of clinician, place and link has changed, but not the time. */
  CHANGED,
  CANCELLED,
  /** The visit, which had been cancelled, takes place after all. */
  RESTORED,
  /** Nothing has changed; the visit is near. */
  REMINDER;

  /** The word in queue messages and in the practice document, such as {@code link-changed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Change> of(String word) {
    return Arrays.stream(values()).filter(change -> change.word().equals(word)).findFirst();
  }
}
