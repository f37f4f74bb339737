package clinic.scheduling.booking;

import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * In which state the patient will be during a visit that is not at the clinic: the two letters and
 * nothing else, under our identifier of the booking. Canvas has no place for it, and a move needs
 * it to ask for the right licence.
 */
@Singleton
class CareStates {
  private static final Duration KEPT = Duration.ofDays(400);
  private static final String WHAT = "state";

  private final Rows rows;
  private final Clock clock;
  private final String system;

  CareStates(Rows rows, Clock clock, IdentifierSystem system) {
    this.rows = rows;
    this.clock = clock;
    this.system = system.uri();
  }

  /** Remembers; the first word for a booking stands. */
  void remember(String bookingId, String state) {
    RowKey key = RowKey.ofBooking(bookingId, WHAT);
    if (rows.read(key).isEmpty()) {
      rows.write(Row.fresh(key, clock.instant().plus(KEPT), Map.of(WHAT, state)));
    }
  }

  /** The state, for a visit that was booked here. */
  Optional<String> of(VisitThread thread) {
    return thread
        .bookingId(system)
        .flatMap(id -> rows.read(RowKey.ofBooking(id, WHAT)))
        .flatMap(row -> row.field(WHAT));
  }
}
