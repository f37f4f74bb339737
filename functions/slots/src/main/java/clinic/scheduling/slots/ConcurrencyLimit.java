package clinic.scheduling.slots;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.slots.Unavailable.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Calls of one kind, so many at once. Kinds have lanes of their own, so that none waits for
 * another. What begins too late to be of use is not begun.
 */
final class ConcurrencyLimit {
  private final Reason failure;
  private final Clock clock;
  private final ExecutorService threads;

  /**
   * @param failure what it means for a clinician if a call fails
   * @param atOnce calls under way at the same time
   */
  ConcurrencyLimit(Reason failure, int atOnce, Clock clock) {
    this.failure = failure;
    this.clock = clock;
    this.threads = Executors.newFixedThreadPool(atOnce);
  }

  /** Ends with the answer, or with an {@link UnreadableException}. */
  <T> CompletableFuture<T> call(Instant deadline, Supplier<T> call) {
    return CompletableFuture.supplyAsync(
        Log.sameUnit(
            () -> {
              if (!clock.instant().isBefore(deadline)) {
                throw new UnreadableException(Reason.TOO_SLOW, Duration.ofSeconds(5), null);
              }
              try {
                return call.get();
              } catch (UnavailableException e) {
                throw new UnreadableException(failure, e.retryAfter(), e);
              } catch (RuntimeException e) {
                throw new UnreadableException(failure, Duration.ofSeconds(5), e);
              }
            }),
        threads);
  }

  void close() {
    threads.shutdownNow();
  }
}
