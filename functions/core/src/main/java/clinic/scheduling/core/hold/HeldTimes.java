package clinic.scheduling.core.hold;

import clinic.scheduling.core.Interval;
import java.util.List;

/**
 * The times of one practitioner that {@linkplain Hold holds} reserve.
 *
 * @param holds the holds, without duplicates
 * @param stamp a digest that changes whenever a hold changes, and whenever we learn that an
 *     appointment has changed; data that was read under another stamp is out of date
 */
public record HeldTimes(List<Hold> holds, String stamp) {

  /** The held times, each a visit with its buffers. */
  public List<Interval> times() {
    return holds.stream().map(Hold::time).distinct().toList();
  }
}
