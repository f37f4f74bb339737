package clinic.scheduling.core.hold;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.util.List;

/**
 * A time that is promised to one booking.
 *
 * @param owner our identifier of the booking
 * @param time the visit with its buffers
 * @param until when the promise ends by itself
 */
public record Hold(String owner, Interval time, Instant until) {

  boolean standsAt(Instant now) {
    return until.isAfter(now);
  }

  String text() {
    return String.join(" ", time.start().toString(), time.end().toString(), until.toString());
  }

  static Hold parse(String owner, String text) {
    List<String> parts = List.of(text.split(" ", -1));
    return new Hold(
        owner,
        new Interval(Instants.parse(parts.get(0)), Instants.parse(parts.get(1))),
        Instants.parse(parts.get(2)));
  }
}
