package clinic.scheduling.core.hold;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time that is promised to one booking.
 *
 * @param owner our identifier of the booking
 * @param time the visit with its buffers
 * @param until when the promise ends by itself
 * @param booked what stands in Canvas for it; empty while a booking or a move is under way
 */
public record Hold(String owner, Interval time, Instant until, Optional<Booked> booked) {

  /**
   * The appointment that stands at the time.
   *
   * @param appointment its id in Canvas
   * @param since when Canvas had said so
   */
  public record Booked(String appointment, Instant since) {}

  boolean standsAt(Instant now) {
    return until.isAfter(now);
  }

  String text() {
    String times =
        String.join(" ", time.start().toString(), time.end().toString(), until.toString());
    return booked.map(it -> times + " " + it.since() + " " + it.appointment()).orElse(times);
  }

  static Hold parse(String owner, String text) {
    List<String> parts = List.of(text.split(" ", -1));
    return new Hold(
        owner,
        new Interval(Instants.parse(parts.get(0)), Instants.parse(parts.get(1))),
        Instants.parse(parts.get(2)),
        parts.size() < 5
            ? Optional.empty()
            : Optional.of(new Booked(parts.get(4), Instants.parse(parts.get(3)))));
  }
}
