package clinic.scheduling.core.visit;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

  /** The name under which it is noted that an appointment stays for good. */
  public static RowKey stays(String bookingId) {
    return RowKey.ofBooking(bookingId, "stays");
  }

  /**
   * Notes that an appointment is about to be taken back, which nobody was promised. Canvas may keep
   * nothing of what we write beside the cancellation.
   */
  public void noteWithdrawn(String bookingId, String appointment) {
    Instant now = clock.instant();
    // If it is there already, an earlier try has noted the same.
    rows.write(
        Row.fresh(withdrawn(bookingId, appointment), now.plus(KEPT), Map.of("at", now.toString())));
  }

  /** Whether it was taken back; not if that came to nothing, and the booking kept it after all. */
  public boolean isWithdrawn(String bookingId, String appointment) {
    return rows.read(withdrawn(bookingId, appointment)).isPresent()
        && !isKept(bookingId, appointment);
  }

  private boolean isKept(String bookingId, String appointment) {
    return appointment(bookingId).filter(appointment::equals).isPresent()
        && rows.read(stays(bookingId)).isPresent();
  }

  private static RowKey withdrawn(String bookingId, String appointment) {
    return RowKey.ofBooking(bookingId, "withdrawn#" + appointment);
  }

  private static RowKey key(String bookingId) {
    return RowKey.ofBooking(bookingId, "created");
  }
}
