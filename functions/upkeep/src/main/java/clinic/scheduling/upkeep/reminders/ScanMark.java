package clinic.scheduling.upkeep.reminders;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Until when everything that was due has been ordered. Only saves work: without it, the next run
 * looks as far back as a reminder may be late.
 */
@Singleton
final class ScanMark {
  private static final RowKey KEY = new RowKey("upkeep#reminders", "ordered-until");
  private static final Duration KEPT = Duration.ofDays(30);

  private final Rows rows;
  private final Clock clock;

  ScanMark(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  Optional<Instant> read() {
    return rows.read(KEY).flatMap(row -> row.field("until")).map(Instants::parse);
  }

  /** Of two runs at the same time the later mark counts; a mark that is not written is no harm. */
  void write(Instant until) {
    Optional<Row> standing = rows.read(KEY);
    Map<String, String> fields = Map.of("until", until.toString());
    Instant expires = clock.instant().plus(KEPT);
    if (read().filter(until::isBefore).isEmpty()) {
      rows.write(
          standing
              .map(row -> row.next(expires, fields))
              .orElseGet(() -> Row.fresh(KEY, expires, fields)));
    }
  }
}
