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
 * How far ahead reconciliation has recorded all visits of a clinician in the {@link ChangeLog}. If
 * a visit before that day has no record, it is new, and its patient has to be told. If a later
 * visit has no record, we cannot tell whether it is new.
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
   * Whether reconciliation has recorded all visits of this clinician that start at this time. If
   * so, a visit without a record was created after that.
   *
   * @param practitioner the Canvas staff key
   */
  public boolean covers(String practitioner, Instant start) {
    return until(rows.read(key(practitioner))).filter(start::isBefore).isPresent();
  }

  /**
   * Records that all visits which start in this period have a record now. Does nothing if the
   * period begins after the end of the recorded days, because the days in between would be missing.
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
