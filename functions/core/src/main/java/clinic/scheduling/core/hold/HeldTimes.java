package clinic.scheduling.core.hold;

import clinic.scheduling.core.Interval;
import java.util.List;

/**
 * The times of a practitioner that are held.
 *
 * @param holds the holds, without duplicates
 * @param stamp changes whenever a hold or an appointment changes; data that was read under another
 *     stamp is stale
 */
public record HeldTimes(List<Hold> holds, String stamp) {

  /** The held times, each a visit with its buffers. */
  public List<Interval> times() {
    return holds.stream().map(Hold::time).distinct().toList();
  }
}
