package clinic.scheduling.core.queue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened to a visit, as a patient would say it. */
public enum Change {
  BOOKED,
  /** To another time, whatever else changed with it. */
  MOVED,
  PRACTITIONER_CHANGED,
  PLACE_CHANGED,
  LINK_CHANGED,
  /** More than one of the last three. */
  CHANGED,
  CANCELLED,
  /** On again after it was cancelled. */
  RESTORED,
  /** Nothing: the visit comes near. */
  REMINDER;

  /** The word of the outer contract, {@code link-changed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Change> of(String word) {
    return Arrays.stream(values()).filter(change -> change.word().equals(word)).findFirst();
  }
}
