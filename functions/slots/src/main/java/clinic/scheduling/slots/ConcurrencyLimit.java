package clinic.scheduling.slots;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.slots.Unavailable.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A bulkhead, which runs calls of one kind in threads of their own. So one slow system does not
 * hold up the calls to another. A call that is still in the queue at its deadline is not made.
 */
final class ConcurrencyLimit {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Reason failureReason;
  private final Clock clock;
  private final ExecutorService threads;

  /**
   * @param failureReason the reason to report for the clinician if a call fails
   * @param atOnce the most calls that run at the same time
   */
  ConcurrencyLimit(Reason failureReason, int atOnce, Clock clock) {
    this.failureReason = failureReason;
    this.clock = clock;
    this.threads = Executors.newFixedThreadPool(atOnce);
  }

  /**
   * Starts a call. The future completes with its result, or exceptionally with an {@link
   * UnreadableException}.
   */
  <T> CompletableFuture<T> call(Instant deadline, Supplier<T> call) {
    return CompletableFuture.supplyAsync(
        Log.sameUnit(
            () -> {
              if (!clock.instant().isBefore(deadline)) {
                throw new UnreadableException(Reason.TOO_SLOW, RETRY_AFTER, null);
              }
              try {
                return call.get();
              } catch (UnavailableException e) {
                throw new UnreadableException(failureReason, e.retryAfter(), e);
              } catch (RuntimeException e) {
                throw new UnreadableException(failureReason, RETRY_AFTER, e);
              }
            }),
        threads);
  }

  /**
   * Waits for the result of calls, at most until the deadline.
   *
   * @throws UnreadableException if a call fails for any reason, or the deadline passes
   */
  static <T> T await(CompletableFuture<T> result, Instant deadline, Clock clock) {
    long millis = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
    try {
      return result.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnreadableException cause
          ? cause
          : new UnreadableException(Reason.SCHEDULE_UNREADABLE, RETRY_AFTER, e);
    } catch (TimeoutException e) {
      throw new UnreadableException(Reason.TOO_SLOW, RETRY_AFTER, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreadableException(Reason.TOO_SLOW, RETRY_AFTER, e);
    }
  }

  void close() {
    threads.shutdownNow();
  }
}
