package clinic.scheduling.slots;

import clinic.scheduling.slots.Unavailable.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what was asked, and never longer than a lookup may take. */
final class BoundedWait {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private BoundedWait() {}

  /**
   * @throws UnreadableException if it fails, for whatever reason, or takes too long
   */
  static <T> T until(Instant deadline, Clock clock, CompletableFuture<T> asked) {
    long left = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
    try {
      return asked.get(left, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnreadableException cause
          ? cause
          : new UnreadableException(Reason.SCHEDULE_UNREADABLE, PAUSE, e);
    } catch (TimeoutException e) {
      throw new UnreadableException(Reason.TOO_SLOW, PAUSE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableException(Reason.TOO_SLOW, PAUSE, e);
    }
  }
}
