package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.visit.BookingJournal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Which appointment Canvas said that it made for a booking. Noted before anything else is done, for
 * a search may lag behind and show none; what was said to be made is never made again. What a
 * search has found is noted as well: another create of ours may land later still.
 */
@Singleton
class Created {
  private final BookingJournal journal;
  private final Canvas canvas;
  private final CanvasBookings standing;

  Created(BookingJournal journal, Canvas canvas, CanvasBookings standing) {
    this.journal = journal;
    this.canvas = canvas;
    this.standing = standing;
  }

  /**
   * Notes the one that stands for the booking.
   *
   * @throws UnavailableException if it is another one by now; a repeat finds that
   */
  void note(String bookingId, String id) {
    if (!journal.note(bookingId, id)) {
      throw unknown();
    }
  }

  /**
   * What an earlier try made: read by its id where that is known, searched for otherwise.
   *
   * @throws UnavailableException if it was made and cannot be read yet
   */
  Optional<Appointment> find(String bookingId) {
    return journal
        .appointment(bookingId)
        .map(this::read)
        .or(() -> standing.named(bookingId).map(found -> noted(bookingId, found)));
  }

  /** What a search shows under the identifier of a booking; of several, all but one go. */
  Optional<Appointment> find(BookingCommand wish) {
    return standing.find(wish).map(found -> noted(wish.bookingId(), found));
  }

  private Appointment noted(String bookingId, Appointment found) {
    note(bookingId, String.valueOf(found.id()));
    return found;
  }

  private Appointment read(String id) {
    return canvas.appointment(id).map(Versioned::resource).orElseThrow(Created::unknown);
  }

  private static UnavailableException unknown() {
    return new UnavailableException("canvas", Duration.ofSeconds(3));
  }
}
