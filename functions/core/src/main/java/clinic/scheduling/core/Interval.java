package clinic.scheduling.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A half-open interval of time: it contains {@code start} and not {@code end}. */
public record Interval(Instant start, Instant end) {

  public Interval {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("an interval starts before it ends: " + start + "/" + end);
    }
  }

  public static Interval of(Instant start, Duration length) {
    return new Interval(start, start.plus(length));
  }

  /** Two intervals that only touch do not overlap. */
  public boolean overlaps(Interval other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  public boolean contains(Interval other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  /** The interval between two instants; empty unless the second is later. */
  public static Optional<Interval> between(Instant start, Instant end) {
    return start.isBefore(end) ? Optional.of(new Interval(start, end)) : Optional.empty();
  }

  /** The time that both intervals have in common; empty if there is none. */
  public Optional<Interval> and(Interval other) {
    return between(
        start.isAfter(other.start) ? start : other.start,
        end.isBefore(other.end) ? end : other.end);
  }

  /** The shortest interval that contains both intervals. */
  public Interval spanning(Interval other) {
    return new Interval(
        start.isBefore(other.start) ? start : other.start,
        end.isAfter(other.end) ? end : other.end);
  }

  /** The interval with a buffer on each side. */
  public Interval widened(Duration before, Duration after) {
    return new Interval(start.minus(before), end.plus(after));
  }

  public Duration length() {
    return Duration.between(start, end);
  }
}
