package clinic.scheduling.sandbox.canvas;

import java.time.Instant;

/** A half-open interval: it includes its start and excludes its end. */
public record Interval(Instant start, Instant end) {
  public boolean overlaps(Interval other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }
}
