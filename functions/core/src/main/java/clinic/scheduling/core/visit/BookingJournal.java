package clinic.scheduling.core.visit;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which appointment of Canvas a booking is. Noted as soon as it is known, before its patient hears
 * of it, and never changed: should Canvas come to show two under one identifier, this is the one
 * that the patient knows.
 */
public final class BookingJournal {
  /** As long as the outcome of a request. */
  private static final Duration KEPT = Duration.ofDays(400);

  private static final String ID = "appointment";

  private final Rows rows;
  private final Clock clock;

  public BookingJournal(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * @return false, with nothing noted, if the booking is another appointment
   */
  public boolean note(String bookingId, String appointment) {
    Row row = Row.fresh(key(bookingId), clock.instant().plus(KEPT), Map.of(ID, appointment));
    return rows.write(row) || appointment(bookingId).filter(appointment::equals).isPresent();
  }

  /** Empty if nothing was noted, or not for 400 days. */
  public Optional<String> appointment(String bookingId) {
    return rows.read(key(bookingId)).flatMap(row -> row.field(ID));
  }

  private static RowKey key(String bookingId) {
    return RowKey.ofBooking(bookingId, "created");
  }
}
