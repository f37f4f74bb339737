package clinic.scheduling.sandbox.canvas;

import java.time.Instant;

/** From start up to, and without, end. */
public record Interval(Instant start, Instant end) {
  public boolean overlaps(Interval other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }
}
