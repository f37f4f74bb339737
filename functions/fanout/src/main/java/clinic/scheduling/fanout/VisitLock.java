package clinic.scheduling.fanout;

import clinic.scheduling.core.ledger.CoalescingLock;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * One lock with a lease for each visit. Even a large number of notices in a short time usually
 * costs only two rounds of work ({@link CoalescingLock}).
 */
@Singleton
final class VisitLock {
  private static final String ROW = "turn";

  private final CoalescingLock<SyncRequest> lock;

  /**
   * @param lease the length of a lease, which is longer than a worker can live
   */
  VisitLock(Rows rows, Clock clock, Settings.Lease lease) {
    this.lock = new CoalescingLock<>(rows, clock, lease.length(), new SyncRequests());
  }

  /** As {@link CoalescingLock#run}, for the lock of a visit. */
  CoalescingLock.Result run(
      String visit, String worker, SyncRequest request, Consumer<SyncRequest> work) {
    return lock.run(RowKey.ofVisit(visit, ROW), worker, request, work);
  }

  /** The form in which the row of the lock holds requests. */
  private static final class SyncRequests implements CoalescingLock.Requests<SyncRequest> {
    @Override
    public SyncRequest none() {
      return SyncRequest.NONE;
    }

    @Override
    public SyncRequest combine(SyncRequest one, SyncRequest other) {
      return one.combinedWith(other);
    }

    @Override
    public String text(SyncRequest request) {
      return request.toText();
    }

    @Override
    public SyncRequest parse(String text) {
      return SyncRequest.parse(text);
    }
  }
}
