package clinic.scheduling.intake;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Queues each notice once. Of many deliveries at the same moment one queues it and the others wait
 * for that, two seconds at most; whoever waits in vain queues it too, because a notice twice is
 * harmless and a lost one is not.
 */
@Singleton
class FirstSight {
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
    try {
      RowKey name = new RowKey("notice#" + Digest.of("notice", notice.noticeId()), "queued");
      Claim claim = ledger.claimOnce(name, "", lease);
      if (claim instanceof Claim.Granted granted) {
        queue(notice, granted.fence());
      } else if (claim instanceof Claim.InDoubt doubtful) {
        queue(notice, doubtful.fence());
      } else if (claim instanceof Claim.Busy && !isQueuedSoon(name)) {
        queue.send(notice);
      }
    } catch (SdkException e) {
      throw new UnavailableException("queue", RETRY, e);
    }
  }

  private void queue(ChangeNotice notice, Fence fence) {
    try {
      queue.send(notice);
    } catch (RuntimeException e) {
      ledger.doubt(fence);
      throw e;
    }
    ledger.done(fence, "");
  }

  private boolean isQueuedSoon(RowKey name) {
    for (int look = 0; look < LOOKS; look++) {
      if (ledger.find(name).map(entry -> entry.isDone()).orElse(false)) {
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
