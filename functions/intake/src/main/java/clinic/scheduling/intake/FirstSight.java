package clinic.scheduling.intake;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.FenceLostException;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Queues each notice once. Of many deliveries at the same moment one queues it and the others wait
 * for that, two seconds at most; whoever waits in vain queues it too, because a notice twice is
 * harmless and a lost one is not.
 */
@Singleton
class FirstSight {
  private static final Log LOG = Log.of(ReceiveCanvasNotice.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int LOOKS = 40;
  private static final long PAUSE_MILLIS = 50;

  private final Ledger ledger;
  private final Queue<ChangeNotice> queue;
  private final Duration lease;

  /**
   * @param leaseSeconds {@code LEASE_SECONDS}: the time-out of this function and 30 s more
   */
  FirstSight(
      Ledger ledger,
      Queue<ChangeNotice> queue,
      @ConfigProperty(name = "LEASE_SECONDS", defaultValue = "40") int leaseSeconds) {
    this.ledger = ledger;
    this.queue = queue;
    this.lease = Duration.ofSeconds(leaseSeconds);
  }

  /**
   * Returns once the notice is in the queue.
   *
   * @throws UnavailableException if it could not be queued
   */
  void queueOnce(ChangeNotice notice) {
    RowKey name = new RowKey("notice#" + Digest.of("notice", notice.noticeId()), "queued");
    try {
      Optional<Claim> claim = claim(name);
      if (claim.isEmpty() || !isSettled(claim.get(), name)) {
        queue(notice, claim.flatMap(FirstSight::fenceOf));
      }
    } catch (SdkException e) {
      throw new UnavailableException("queue", RETRY, e);
    }
  }

  /** Empty if the table does not answer; then the notice is queued all the same. */
  private Optional<Claim> claim(RowKey name) {
    try {
      return Optional.of(ledger.claimOnce(name, "", lease));
    } catch (SdkException e) {
      LOG.failure("first-sight-unknown", e);
      return Optional.empty();
    }
  }

  private boolean isSettled(Claim claim, RowKey name) {
    return claim instanceof Claim.AlreadyDone
        || (claim instanceof Claim.Busy && isQueuedSoon(name));
  }

  private void queue(ChangeNotice notice, Optional<Fence> fence) {
    try {
      queue.send(notice);
    } catch (RuntimeException e) {
      fence.ifPresent(mine -> settle(() -> ledger.doubt(mine)));
      throw e;
    }
    fence.ifPresent(mine -> settle(() -> ledger.done(mine, "")));
  }

  /** What became of the notice is decided by the queue; failing to write it down costs a repeat. */
  private static void settle(Runnable write) {
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

  private boolean isQueuedSoon(RowKey name) {
    for (int look = 0; look < LOOKS; look++) {
      if (ledger.find(name).map(Entry::isDone).orElse(false)) {
        return true;
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("queue", RETRY, e);
    }
  }
}
