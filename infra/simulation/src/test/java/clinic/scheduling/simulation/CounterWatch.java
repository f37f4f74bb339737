package clinic.scheduling.simulation;

import clinic.scheduling.core.ledger.Row;
import java.time.Instant;
import java.util.Optional;

/** Detects the hard states that a run reaches by the rows that are written. */
final class CounterWatch {
  private final Run run;

  CounterWatch(Run run) {
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
      run.result.count(Counter.CLAIM_TAKEN_OVER);
    }
  }

  private void turn(Row before, Row after) {
    boolean anew = !after.field("turn").equals(before.field("turn"));
    boolean left =
        before.field("leaseUntil").map(Instant::parse).filter(Instant.EPOCH::equals).isPresent();
    if (anew && !left) {
      run.result.count(Counter.TURN_TAKEN_OVER);
    }
  }
}
