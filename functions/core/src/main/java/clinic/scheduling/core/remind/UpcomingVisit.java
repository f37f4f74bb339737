package clinic.scheduling.core.remind;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What reminders need to know about a visit.
 *
 * @param state the state of the visit in Canvas now
 * @param toldAt when the patient last got a message about the visit; the epoch if unknown
 * @param place the time zone of the location; the days before the visit are counted in this zone
 * @param patient the time zone of the patient, for quiet hours
 */
public record UpcomingVisit(
    Instant start, State state, Instant toldAt, ZoneId place, ZoneId patient) {

  /** The part of the status that matters for reminders. */
  public enum State {
    UNCONFIRMED,
    CONFIRMED,
    /** The visit was cancelled or missed, or the patient has arrived. */
    NOT_AWAITED
  }
}
