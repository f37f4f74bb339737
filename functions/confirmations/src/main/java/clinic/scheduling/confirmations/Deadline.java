package clinic.scheduling.confirmations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when this invocation lives. A provider that is called too near the end leaves a doubt and
 * with it a message that is lost, so near the end none is called.
 */
record Deadline(Instant end, Clock clock) {
  /** How much longer than an invocation {@code LEASE_SECONDS} is. */
  private static final Duration LEASE_BEYOND = Duration.ofSeconds(30);

  /** The longest call of a provider, 4 s, and its record in the table. */
  private static final Duration CALL = Duration.ofSeconds(6);

  /**
   * The deadline of an invocation that begins now.
   *
   * @throws IllegalArgumentException if no provider could ever be called
   */
  static Deadline fromNow(Duration lease, Clock clock) {
    Duration life = lease.minus(LEASE_BEYOND);
    if (life.compareTo(CALL) <= 0) {
      throw new IllegalArgumentException(
          "LEASE_SECONDS is the time-out of this function and 30; more than 36");
    }
    return new Deadline(clock.instant().plus(life), clock);
  }

  boolean allowsACall() {
    return !clock.instant().plus(CALL).isAfter(end);
  }
}
