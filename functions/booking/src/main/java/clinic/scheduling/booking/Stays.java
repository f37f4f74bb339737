package clinic.scheduling.booking;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Bookings and moves that were read back and found to have their time to themselves. Noted before
 * anybody hears of them: what overlaps one later was put there by staff, and a late repeat of the
 * request neither cancels it nor moves it back.
 */
@Singleton
class Stays {
  /** As long as the outcome of a request. */
  private static final Duration KEPT = Duration.ofDays(400);

  private final Rows rows;
  private final Clock clock;

  Stays(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The name under which this is noted of a request. */
  static RowKey of(RowKey request) {
    return new RowKey(request.partition(), request.sort() + "#stays");
  }

  boolean isNoted(RowKey key) {
    return rows.read(key).isPresent();
  }

  /**
   * Notes it for as long as the outcome of the request is kept.
   *
   * @param changed whether the request changed anything
   */
  void note(RowKey key, boolean changed) {
    Instant now = clock.instant();
    Instant expires = now.plus(changed ? KEPT : Idempotency.UNCHANGED_KEPT);
    // If another was faster, it has noted the same.
    rows.write(Row.fresh(key, expires, Map.of("at", now.toString())));
  }
}
