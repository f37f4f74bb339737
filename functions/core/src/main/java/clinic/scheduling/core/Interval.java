package clinic.scheduling.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

  public boolean holds(Interval other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  /** What both have in common. */
  public Optional<Interval> and(Interval other) {
    Instant from = start.isAfter(other.start) ? start : other.start;
    Instant to = end.isBefore(other.end) ? end : other.end;
    return from.isBefore(to) ? Optional.of(new Interval(from, to)) : Optional.empty();
  }

  /** The interval with a buffer on each side. */
  public Interval widened(Duration before, Duration after) {
    return new Interval(start.minus(before), end.plus(after));
  }

  public Duration length() {
    return Duration.between(start, end);
  }
}
