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
 * Records which Canvas appointment belongs to a booking. It is written as soon as we know the
 * appointment, before the patient does, and never changes. If Canvas later shows two appointments
 * under one identifier, the recorded one is the patient's.
 */
public final class BookingJournal {
  /** As long as we keep the outcome of a request. */
  private static final Duration KEPT = Duration.ofDays(400);

  private static final String ID = "appointment";

  private final Rows rows;
  private final Clock clock;

  public BookingJournal(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * @return false, with nothing written, if another appointment is recorded
   */
  public boolean note(String bookingId, String appointment) {
    Row row = Row.fresh(key(bookingId), clock.instant().plus(KEPT), Map.of(ID, appointment));
    return rows.write(row) || appointment(bookingId).filter(appointment::equals).isPresent();
  }

  /** The recorded appointment; empty if none was recorded in the last 400 days. */
  public Optional<String> appointment(String bookingId) {
    return rows.read(key(bookingId)).flatMap(row -> row.field(ID));
  }

  /** The key of the record that an appointment is confirmed for good. */
  public static RowKey stays(String bookingId) {
    return RowKey.ofBooking(bookingId, "stays");
  }

  /**
   * Records that we are about to withdraw an appointment that no patient has been told of. The
   * record is needed because Canvas may keep nothing but the cancellation itself.
   */
  public void noteWithdrawn(String bookingId, String appointment) {
    Instant now = clock.instant();
    // If the row exists, an earlier try has written the same.
    rows.write(
        Row.fresh(withdrawn(bookingId, appointment), now.plus(KEPT), Map.of("at", now.toString())));
  }

  /**
   * Whether we withdrew the appointment. False if the withdrawal failed and the booking kept it
   * after all.
   */
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
