package clinic.scheduling.intake;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.FenceLostException;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Queues each notice once. If a notice is delivered several times at once, one worker queues it and
 * the others wait. If that worker dies, another one takes over. We remember notices for 14 days. If
 * the table does not answer, the notice is queued all the same, because queueing a notice twice
 * does less harm than losing it.
 */
@Singleton
class NoticeDeduplicator {
  static final Duration REMEMBERED = Duration.ofDays(14);

  /**
   * Longer than a call to the queue can take, so that nobody takes over a claim whose worker is
   * still alive.
   */
  static final Duration LEASE = Duration.ofSeconds(6);

  private static final Log LOG = Log.of(NoticeDeduplicator.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 18;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  private final Ledger ledger;
  private final Queue<ChangeNotice> queue;
  private final Wait wait;

  @Inject
  NoticeDeduplicator(Rows rows, Queue<ChangeNotice> queue, Clock clock) {
    this(rows, queue, clock, Thread::sleep);
  }

  NoticeDeduplicator(Rows rows, Queue<ChangeNotice> queue, Clock clock, Wait wait) {
    this.ledger = new Ledger(rows, clock, REMEMBERED);
    this.queue = queue;
    this.wait = wait;
  }

  /** How to wait; simulations substitute virtual time. */
  interface Wait {
    void millis(long millis) throws InterruptedException;
  }

  /**
   * Returns when the notice is in the queue. If another worker has claimed the notice, this waits 8
   * seconds at most for that worker.
   *
   * @throws UnavailableException if the notice could not be queued
   */
  void queueOnce(ChangeNotice notice) {
    RowKey row = new RowKey("notice#" + Digest.of("notice", notice.noticeId()), "queued");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Claim> claim = claim(row);
      if (claim.filter(Claim::isAlreadyDone).isPresent()) {
        return;
      }
      if (claim.filter(Claim::isBusy).isEmpty()) {
        queue(notice, claim.flatMap(Claim::won));
        return;
      }
      pause(attempt);
    }
    throw new UnavailableException("queue", RETRY);
  }

  /** Claims the notice; empty if the table does not answer. */
  private Optional<Claim> claim(RowKey row) {
    try {
      return Optional.of(ledger.claimOnce(row, "", LEASE));
    } catch (SdkException e) {
      LOG.failure("first-sight-unknown", e);
      return Optional.empty();
    }
  }

  private void queue(ChangeNotice notice, Optional<Fence> fence) {
    try {
      queue.send(notice);
    } catch (SdkException e) {
      fence.ifPresent(it -> recordOrLog(() -> ledger.doubt(it)));
      throw new UnavailableException("queue", RETRY, e);
    }
    fence.ifPresent(it -> recordOrLog(() -> ledger.done(it, "")));
  }

  /**
   * Records the outcome. A failure to do so is only logged, because at worst the notice is queued
   * twice.
   */
  private static void recordOrLog(Runnable write) {
    try {
      write.run();
    } catch (SdkException | FenceLostException e) {
      LOG.failure("first-sight-forgotten", e);
    }
  }

  private void pause(int attempt) {
    try {
      wait.millis(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 4)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("queue", RETRY, e);
    }
  }
}
