package clinic.scheduling.core.queue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened to a visit, as a patient would say it. */
public enum Change {
  BOOKED,
  MOVED,
  CANCELLED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Change> of(String word) {
    return Arrays.stream(values()).filter(change -> change.word().equals(word)).findFirst();
  }
}
