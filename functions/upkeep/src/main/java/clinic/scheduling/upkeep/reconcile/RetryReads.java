package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks again where Canvas did not answer. A clinician takes hundreds of reads, of which one or the
 * other fails on any day; that must not leave all of them to the next hour. Each read is tried four
 * times at most, and Canvas is left alone in between for as long as it asks.
 */
@Singleton
final class RetryReads {
  private static final int TRIES = 4;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration ONE_READ = Duration.ofSeconds(10);

  private final Wait wait;

  @Inject
  RetryReads() {
    this(Thread::sleep);
  }

  RetryReads(Wait wait) {
    this.wait = wait;
  }

  /** How time passes, which a simulation has its own of. */
  interface Wait {
    void millis(long millis) throws InterruptedException;
  }

  /**
   * What the read answers.
   *
   * @throws UnavailableException that of the last try, once there is no time or patience left
   */
  <T> T with(Deadline deadline, Supplier<T> read) {
    for (int attempt = 1; attempt < TRIES; attempt++) {
      try {
        return read.get();
      } catch (UnavailableException e) {
        Duration pause = e.retryAfter();
        if (pause.compareTo(LONGEST) > 0 || !deadline.leaves(pause.plus(ONE_READ))) {
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
