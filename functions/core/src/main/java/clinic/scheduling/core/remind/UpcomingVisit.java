package clinic.scheduling.core.remind;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What reminders need to know about a visit.
 *
 * @param state its state in Canvas now
 * @param toldAt when the patient last got a message about it; the epoch if unknown
 * @param place the zone of the place; days count on its calendar
 * @param patient the zone of the patient, for quiet hours
 */
public record UpcomingVisit(
    Instant start, State state, Instant toldAt, ZoneId place, ZoneId patient) {

  /** What matters about the status. */
  public enum State {
    UNCONFIRMED,
    CONFIRMED,
    /** Cancelled, missed, or the patient has arrived. */
    NOT_AWAITED
  }
}
