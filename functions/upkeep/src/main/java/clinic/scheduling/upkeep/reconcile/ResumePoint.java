package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practitioner;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores the clinician with whom the next run begins. */
@Singleton
final class ResumePoint {
  private static final RowKey KEY = new RowKey("upkeep#reconcile", "cursor");
  private static final Duration KEPT = Duration.ofDays(7);
  private static final String NEXT = "next";

  private final Rows rows;
  private final Clock clock;

  ResumePoint(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** All clinicians, beginning with the stored one. */
  List<Practitioner> rotate(List<Practitioner> all) {
    String next = rows.read(KEY).flatMap(row -> row.field(NEXT)).orElse("");
    List<Practitioner> rotated = new ArrayList<>(all);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(next)) {
        Collections.rotate(rotated, -i);
      }
    }
    return rotated;
  }

  /**
   * @param next the id of the clinician with whom the next run begins; empty if all are done
   */
  void write(Optional<String> next) {
    rows.update(
        KEY,
        row -> Optional.of(row.next(clock.instant().plus(KEPT), Map.of(NEXT, next.orElse("")))));
  }
}
