package clinic.scheduling.local.smoke;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time limit of the whole check. */
final class Deadline {
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Clock clock;
  private final Instant end;

  Deadline(Clock clock, Duration limit) {
    this.clock = clock;
    this.end = clock.instant().plus(limit);
  }

  /**
   * Waits a little before the next try.
   *
   * @throws SmokeFailure with {@code otherwise} if there is no time left
   */
  void pause(long millis, String otherwise) throws SmokeFailure, InterruptedException {
    long pause = Math.min(millis, LONGEST_PAUSE_MILLIS);
    if (clock.instant().plusMillis(pause).isAfter(end)) {
      throw new SmokeFailure("Time is up. " + otherwise);
    }
    Thread.sleep(pause);
  }
}
