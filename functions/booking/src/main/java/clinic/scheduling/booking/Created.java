package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Seen;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which appointment Canvas said that it made for a booking. Noted before anything else is done, for
 * a search may lag behind and show none; what was said to be made is never made again.
 */
@Singleton
class Created {
  /** As long as the outcome of a request. */
  private static final Duration KEPT = Duration.ofDays(400);

  private static final String ID = "appointment";

  private final Rows rows;
  private final Clock clock;
  private final Canvas canvas;
  private final Standing standing;

  Created(Rows rows, Clock clock, Canvas canvas, Standing standing) {
    this.rows = rows;
    this.clock = clock;
    this.canvas = canvas;
    this.standing = standing;
  }

  /** Notes the one that Canvas has just made; of several the last one counts. */
  void note(String bookingId, String id) {
    RowKey key = key(bookingId);
    Row row = rows.read(key).orElseGet(() -> Row.fresh(key, clock.instant(), Map.of()));
    rows.write(row.next(clock.instant().plus(KEPT), Map.of(ID, id)));
  }

  /**
   * What an earlier try made: read by its id where that is known, searched for otherwise.
   *
   * @throws UnavailableException if it was made and cannot be read yet
   */
  Optional<Appointment> find(String bookingId) {
    return rows.read(key(bookingId))
        .flatMap(row -> row.field(ID))
        .map(this::read)
        .or(() -> standing.named(bookingId));
  }

  private Appointment read(String id) {
    return canvas
        .appointment(id)
        .map(Seen::resource)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(3)));
  }

  private static RowKey key(String bookingId) {
    return RowKey.ofBooking(bookingId, "created");
  }
}
