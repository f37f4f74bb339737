package clinic.scheduling.fanout;

import clinic.scheduling.core.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Within this process, the work on one calendar is done one after another, while that on others
 * goes on. A provider takes few calls to one mailbox at once (docs/facts/outlook.md 5), and at most
 * four processes run ({@code MaximumConcurrency} of template.yaml). So a batch of notices about one
 * clinician does not use up the permits that all functions share for the mailbox.
 */
final class MailboxTurns {
  private static final Log LOG = Log.of(MailboxTurns.class);
  private static final Duration MOST_WAITING = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ConcurrentMap<String, Semaphore> turns = new ConcurrentHashMap<>();

  /**
   * Does the work when it is the turn of the caller.
   *
   * @return the delay before a retry: that of the work, or a second if the wait was too long
   */
  Optional<Duration> take(String calendar, Supplier<Optional<Duration>> work) {
    Semaphore turn = turns.computeIfAbsent(calendar, key -> new Semaphore(1, true));
    if (!isTaken(turn)) {
      LOG.info("calendar-busy", "binding", calendar);
      return Optional.of(RETRY);
    }
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }

  private static boolean isTaken(Semaphore turn) {
    try {
      return turn.tryAcquire(MOST_WAITING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
