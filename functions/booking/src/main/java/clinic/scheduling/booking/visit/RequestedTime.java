package clinic.scheduling.booking.visit;

import clinic.scheduling.core.Interval;
import java.util.List;

/**
 * A time that a booking or a move needs, and for which it takes a hold.
 *
 * @param owner the owner of the hold: our identifier of the appointment, or the id of the first
 *     appointment if the visit was not booked through us
 * @param practitioner the Canvas staff key
 * @param time the time of the visit with its buffers
 * @param holders the owners of other holds that the caller of a booking has on this time
 */
public record RequestedTime(
    String owner, String practitioner, Interval time, List<String> holders) {

  public RequestedTime {
    holders = List.copyOf(holders);
  }

  /** A time on which the caller has no other hold. */
  public RequestedTime(String owner, String practitioner, Interval time) {
    this(owner, practitioner, time, List.of());
  }
}
