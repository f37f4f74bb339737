package clinic.scheduling.core;

import java.time.Duration;
import java.time.Instant;

/** A half-open stretch of time: {@code start} belongs to it, {@code end} does not. */
public record Interval(Instant start, Instant end) {

  public Interval {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("an interval starts before it ends: " + start + "/" + end);
    }
  }

  public static Interval of(Instant start, Duration length) {
    return new Interval(start, start.plus(length));
  }

  /** Touching is not overlapping. */
  public boolean overlaps(Interval other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  /** The interval with a buffer on each side. */
  public Interval widened(Duration before, Duration after) {
    return new Interval(start.minus(before), end.plus(after));
  }

  public Duration length() {
    return Duration.between(start, end);
  }
}
