package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The end of the time that some work may take, for example of an invocation. An outside effect that
 * begins shortly before the end might happen without being recorded. So code that has too little
 * time left starts no effect, and lets the message be delivered again.
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
