package clinic.scheduling.core.hold;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time that is reserved for one booking, because Canvas allows double booking
 * (docs/facts/canvas.md 3.3, docs/decisions/0036).
 *
 * @param owner our identifier of the booking
 * @param time the visit with its buffers
 * @param until when the hold expires
 * @param booked the appointment in Canvas; empty while a booking or a move is in progress
 */
public record Hold(String owner, Interval time, Instant until, Optional<Booked> booked) {

  /**
   * The appointment for which the time is held.
   *
   * @param appointment the id of the appointment in Canvas
   * @param since when Canvas confirmed the booking or the move
   * @param created true if the appointment was created at this time; false if it may have been
   *     moved here
   */
  public record Booked(String appointment, Instant since, boolean created) {
    private static final String CREATED = "created";

    private String text() {
      return since + " " + appointment + (created ? " " + CREATED : "");
    }

    /**
     * A hold that an earlier version of this system wrote does not say whether the appointment was
     * created at this time. It counts as not created here.
     */
    private static Booked parse(List<String> parts) {
      return new Booked(parts.get(1), Instants.parse(parts.get(0)), parts.contains(CREATED));
    }
  }

  boolean isActiveAt(Instant now) {
    return until.isAfter(now);
  }

  String text() {
    String times =
        String.join(" ", time.start().toString(), time.end().toString(), until.toString());
    return booked.map(it -> times + " " + it.text()).orElse(times);
  }

  static Hold parse(String owner, String text) {
    List<String> parts = List.of(text.split(" ", -1));
    return new Hold(
        owner,
        new Interval(Instants.parse(parts.get(0)), Instants.parse(parts.get(1))),
        Instants.parse(parts.get(2)),
        parts.size() < 5
            ? Optional.empty()
            : Optional.of(Booked.parse(parts.subList(3, parts.size()))));
  }
}
