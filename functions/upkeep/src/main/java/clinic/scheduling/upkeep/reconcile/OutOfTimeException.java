package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Deadline;
import java.time.Duration;

/** This run has no time left for the clinician, who is left to the next run. */
final class OutOfTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Duration ONE_READ = Duration.ofSeconds(10);

  private OutOfTimeException() {
    super("left to the next run");
  }

  /** Before each read of Canvas or the ledger. */
  static void unlessTimeForARead(Deadline deadline) {
    unlessTimeFor(ONE_READ, deadline);
  }

  static void unlessTimeFor(Duration needed, Deadline deadline) {
    if (!deadline.leaves(needed)) {
      throw new OutOfTimeException();
    }
  }
}
