package clinic.scheduling.booking;

import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.UnavailableException;
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
 * Creates and moves of which nobody knows whether they took effect. One may still land, or show,
 * after a read has not shown it, so nothing is created again, and no move refused for good, before
 * that can no longer happen.
 */
@Singleton
class Attempts {
  private static final String UNTIL = "until";

  private final Rows rows;
  private final Clock clock;

  Attempts(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The name under which the create of a booking is noted. */
  static RowKey ofBooking(String bookingId) {
    return RowKey.ofBooking(bookingId, "unsettled");
  }

  /** The name under which the update of a move is noted. */
  static RowKey ofMove(RowKey move) {
    return new RowKey(move.partition(), move.sort() + "#unsettled");
  }

  /** Notes a write just tried; one that Canvas cannot have taken is none. */
  void unsettled(RowKey key, WriteOutcome.Unknown outcome) {
    if (outcome.mayLandWithin().isZero()) {
      return;
    }
    Instant until = clock.instant().plus(outcome.mayLandWithin());
    Row next =
        rows.read(key)
            .map(row -> row.next(until, Map.of(UNTIL, until.toString())))
            .orElseGet(() -> Row.fresh(key, until, Map.of(UNTIL, until.toString())));
    rows.write(next);
  }

  /**
   * To be asked only when a look has not shown what the earlier write was to bring about.
   *
   * @throws UnavailableException while an earlier write may still land
   */
  void waitForEarlier(RowKey key) {
    mayStillLand(key)
        .ifPresent(
            left -> {
              throw new UnavailableException("canvas", left);
            });
  }

  /** After how long an earlier write can no longer land; empty if none can. */
  Optional<Duration> mayStillLand(RowKey key) {
    Instant now = clock.instant();
    return rows.read(key)
        .flatMap(row -> row.field(UNTIL))
        .map(Instants::parse)
        .filter(now::isBefore)
        .map(until -> Duration.between(now, until).plusSeconds(1));
  }
}
