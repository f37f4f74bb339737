package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Retries a read that Canvas did not answer. One clinician needs hundreds of reads, and a single
 * failure must not postpone the clinician to the next hourly run. A read is tried four times at
 * most. Before each retry we pause as long as Canvas asks for. We do not retry if that pause is too
 * long, or if too little time is left.
 */
@Singleton
final class RetryReads {
  private static final int TRIES = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration ONE_READ = Duration.ofSeconds(10);

  private final Wait wait;

  @Inject
  RetryReads() {
    this(Thread::sleep);
  }

  RetryReads(Wait wait) {
    this.wait = wait;
  }

  /** How to wait; simulations substitute virtual time. */
  interface Wait {
    void millis(long millis) throws InterruptedException;
  }

  /**
   * @throws UnavailableException if no try succeeded; this is the exception of the last try
   */
  <T> T read(Deadline deadline, Supplier<T> read) {
    for (int attempt = 1; attempt < TRIES; attempt++) {
      try {
        return read.get();
      } catch (UnavailableException e) {
        Duration pause = e.retryAfter();
        if (pause.compareTo(LONGEST_PAUSE) > 0 || !deadline.leaves(pause.plus(ONE_READ))) {
          throw e;
        }
        pause(pause, e);
      }
    }
    return read.get();
  }

  private void pause(Duration pause, UnavailableException failure) {
    try {
      wait.millis(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.addSuppressed(e);
      throw failure;
    }
  }
}
