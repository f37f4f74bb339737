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

/** Where the last run stopped for lack of time, so that the next one begins there. */
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

  /** All of them, beginning with the one that was left. */
  List<Practitioner> inTurn(List<Practitioner> all) {
    String next = rows.read(KEY).flatMap(row -> row.field(NEXT)).orElse("");
    List<Practitioner> turn = new ArrayList<>(all);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(next)) {
        Collections.rotate(turn, -i);
      }
    }
    return turn;
  }

  /**
   * @param next the id of the one that was left; empty if nobody was
   */
  void leave(Optional<String> next) {
    rows.update(
        KEY,
        row -> Optional.of(row.next(clock.instant().plus(KEPT), Map.of(NEXT, next.orElse("")))));
  }
}
