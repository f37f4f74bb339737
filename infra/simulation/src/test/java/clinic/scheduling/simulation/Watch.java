package clinic.scheduling.simulation;

import clinic.scheduling.core.ledger.Row;
import java.time.Instant;
import java.util.Optional;

/** Sees by what is written which hard states a run reaches. */
final class Watch {
  private final Run run;

  Watch(Run run) {
    this.run = run;
  }

  void written(Process process, Optional<Row> before, Row after) {
    if (before.isEmpty()) {
      return;
    }
    String sort = after.key().sort();
    if (sort.equals("turn")) {
      turn(before.get(), after);
    } else if (after.fields().getOrDefault("state", "").equals("CLAIMED")
        && before.get().fields().getOrDefault("state", "").equals("CLAIMED")) {
      run.tally.count(Counted.CLAIM_TAKEN_OVER);
    }
  }

  private void turn(Row before, Row after) {
    boolean anew = !after.field("turn").equals(before.field("turn"));
    boolean left =
        before.field("leaseUntil").map(Instant::parse).filter(Instant.EPOCH::equals).isPresent();
    if (anew && !left) {
      run.tally.count(Counted.TURN_TAKEN_OVER);
    }
  }
}
