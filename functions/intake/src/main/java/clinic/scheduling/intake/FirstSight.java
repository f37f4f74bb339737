package clinic.scheduling.intake;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
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
        queue.send(notice);
        claim.ifPresent(this::remember);
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

  /** The notice is queued; failing to remember it costs a repeat at most. */
  private void remember(Claim claim) {
    try {
      if (claim instanceof Claim.Granted granted) {
        ledger.done(granted.fence(), "");
      } else if (claim instanceof Claim.InDoubt doubtful) {
        ledger.done(doubtful.fence(), "");
      }
    } catch (SdkException | FenceLostException e) {
      LOG.failure("first-sight-forgotten", e);
    }
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
