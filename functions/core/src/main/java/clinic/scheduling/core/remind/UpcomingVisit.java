package clinic.scheduling.core.remind;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A visit that comes near, as far as reminders ask.
 *
 * @param state how it stands in Canvas now
 * @param toldAt when the patient was last told something about it; the epoch if that is not known
 * @param place the zone of the place, whose calendar counts the days
 * @param patient the zone in which the patient sleeps
 */
public record UpcomingVisit(
    Instant start, State state, Instant toldAt, ZoneId place, ZoneId patient) {

  /** What matters of the status. */
  public enum State {
    UNCONFIRMED,
    CONFIRMED,
    /** Cancelled, missed, or the patient is there already. */
    NOT_AWAITED
  }
}
