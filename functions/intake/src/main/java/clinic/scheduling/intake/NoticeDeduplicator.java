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
 * Queues each notice once. Of many deliveries at the same moment one queues it and the others wait
 * for that; if it dies at work, one of them takes over. Notices are remembered for 14 days.
 *
 * <p>Without the table a notice is queued unseen: twice is harmless, lost is not.
 */
@Singleton
class NoticeDeduplicator {
  static final Duration REMEMBERED = Duration.ofDays(14);

  /** Longer than the queue may take to answer, so that a live worker is never overtaken. */
  static final Duration LEASE = Duration.ofSeconds(6);

  private static final Log LOG = Log.of(ReceiveCanvasNotice.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int LOOKS = 18;
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

  /** How a worker waits for another: time passes by a clock, which a simulation has its own of. */
  interface Wait {
    void millis(long millis) throws InterruptedException;
  }

  /**
   * Returns once the notice is in the queue, after 8 seconds at most.
   *
   * @throws UnavailableException if it could not be queued
   */
  void queueOnce(ChangeNotice notice) {
    RowKey name = new RowKey("notice#" + Digest.of("notice", notice.noticeId()), "queued");
    for (int look = 0; look < LOOKS; look++) {
      Optional<Claim> claim = claim(name);
      if (claim.isEmpty() || !(claim.get() instanceof Claim.Busy)) {
        settle(notice, claim);
        return;
      }
      pause(look);
    }
    throw new UnavailableException("queue", RETRY);
  }

  /** Empty if the table does not answer. */
  private Optional<Claim> claim(RowKey name) {
    try {
      return Optional.of(ledger.claimOnce(name, "", LEASE));
    } catch (SdkException e) {
      LOG.failure("first-sight-unknown", e);
      return Optional.empty();
    }
  }

  private void settle(ChangeNotice notice, Optional<Claim> claim) {
    if (claim.isEmpty() || !(claim.get() instanceof Claim.AlreadyDone)) {
      queue(notice, claim.flatMap(NoticeDeduplicator::fenceOf));
    }
  }

  private void queue(ChangeNotice notice, Optional<Fence> fence) {
    try {
      queue.send(notice);
    } catch (SdkException e) {
      fence.ifPresent(mine -> writeDown(() -> ledger.doubt(mine)));
      throw new UnavailableException("queue", RETRY, e);
    }
    fence.ifPresent(mine -> writeDown(() -> ledger.done(mine, "")));
  }

  /** What became of the notice is decided by the queue; failing to write it down costs a repeat. */
  private static void writeDown(Runnable write) {
    try {
      write.run();
    } catch (SdkException | FenceLostException e) {
      LOG.failure("first-sight-forgotten", e);
    }
  }

  private static Optional<Fence> fenceOf(Claim claim) {
    if (claim instanceof Claim.Granted granted) {
      return Optional.of(granted.fence());
    }
    return claim instanceof Claim.InDoubt doubtful
        ? Optional.of(doubtful.fence())
        : Optional.empty();
  }

  private void pause(int look) {
    try {
      wait.millis(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(look, 4)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("queue", RETRY, e);
    }
  }
}
