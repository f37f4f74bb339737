package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import java.time.Duration;

/**
 * Thrown if this run has not enough time left for a clinician. The next run continues with that
 * clinician.
 */
final class OutOfTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Duration ONE_READ = Duration.ofSeconds(10);

  private OutOfTimeException() {
    super("left to the next run");
  }

  /** Called before each read of Canvas or the ledger. */
  static void throwUnlessTimeForRead(Deadline deadline) {
    throwUnlessTimeFor(ONE_READ, deadline);
  }

  static void throwUnlessTimeFor(Duration needed, Deadline deadline) {
    if (!deadline.leaves(needed)) {
      throw new OutOfTimeException();
    }
  }
}
