package clinic.scheduling.booking.visit;

import clinic.scheduling.core.Interval;
import java.util.Optional;

/**
 * A time that a booking or a move needs, and for which it takes a hold.
 *
 * @param owner the owner of the hold: our identifier of the appointment, or the id of the first
 *     appointment if the visit was not booked through us
 * @param practitioner the Canvas staff key
 * @param time the time of the visit with its buffers
 * @param form the owner of the hold that the form of a booking has on this time, if it has one
 */
public record RequestedTime(
    String owner, String practitioner, Interval time, Optional<String> form) {

  /** A time that no form holds. */
  public RequestedTime(String owner, String practitioner, Interval time) {
    this(owner, practitioner, time, Optional.empty());
  }
}
