package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When an invocation ends. An outside effect that began shortly before the end might happen without
 * being recorded. So none is started then, and the message is delivered again later.
 */
public record Deadline(Instant end, Clock clock) {

  /** The deadline of an invocation that begins now and may take {@code time}. */
  public static Deadline in(Duration time, Clock clock) {
    return new Deadline(clock.instant().plus(time), clock);
  }

  /** Whether work that takes {@code needed} ends in time. */
  public boolean leaves(Duration needed) {
    return !clock.instant().plus(needed).isAfter(end);
  }

  /** The time left; negative after the deadline. */
  public Duration left() {
    return Duration.between(clock.instant(), end);
  }
}
