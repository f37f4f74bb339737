package clinic.scheduling.system;

import java.time.Instant;
import java.util.List;

/**
 * A booking that was answered with 201.
 *
 * @param id the visit's id in the API, which is the id of its first appointment in Canvas
 * @param before the statuses of earlier answers to the same request that were not final
 */
record Booking(Person person, String id, String token, Instant start, List<Integer> before) {

  /** The same visit at another time. */
  Booking at(Instant other) {
    return new Booking(person, id, token, other, before);
  }
}
