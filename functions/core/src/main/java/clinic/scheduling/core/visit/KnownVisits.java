package clinic.scheduling.core.visit;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Until when ahead all visits of a clinician are known: reconciliation has seen each of them, and
 * each has a row that says what its patient knows ({@link ChangeLog}). So a visit before then
 * without a row is one that was made since, and its patient has to be told; of any other nobody can
 * say whether it is new.
 */
public final class KnownVisits {
  private static final Duration KEPT = Duration.ofDays(400);
  private static final String UNTIL = "until";

  private final Rows rows;
  private final Clock clock;

  public KnownVisits(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Whether a visit of theirs that starts then would be known if it were not new.
   *
   * @param practitioner the Canvas staff key
   */
  public boolean reach(String practitioner, Instant start) {
    return until(rows.read(key(practitioner))).filter(start::isBefore).isPresent();
  }

  /**
   * All visits that start within these days have a row now. Days that lie beyond those that are
   * known leave a gap, and change nothing.
   */
  public void extend(String practitioner, Instant from, Instant until) {
    Instant now = clock.instant();
    rows.update(
        key(practitioner),
        row -> {
          Instant known = until(Optional.of(row)).filter(now::isBefore).orElse(now);
          return from.isAfter(known) || !until.isAfter(known)
              ? Optional.empty()
              : Optional.of(row.next(now.plus(KEPT), Map.of(UNTIL, until.toString())));
        });
  }

  private static Optional<Instant> until(Optional<Row> row) {
    return row.flatMap(one -> one.field(UNTIL)).map(Instants::parse);
  }

  private static RowKey key(String practitioner) {
    return new RowKey("known#" + practitioner, "visits");
  }
}
