package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.visit.BookingJournal;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A booking that Canvas has twice: a create of which nobody heard for so long that it was tried
 * again has landed after all. Only one of both is the patient's; which one never changes.
 */
@Singleton
public class DuplicateBooking {
  private final Canvas canvas;
  private final BookingJournal journal;
  private final String system;

  public DuplicateBooking(Canvas canvas, BookingJournal journal, IdentifierSystem system) {
    this.canvas = canvas;
    this.journal = journal;
    this.system = system.uri();
  }

  /** Our identifier of the booking; empty for what was not booked through us. */
  public Optional<String> bookingId(VisitThread one) {
    return one.bookingId(system);
  }

  /** The one that goes, cancelled: nobody was promised it. */
  public Appointment takenBack(VisitThread goes) {
    return goes.current().withdrawn(system);
  }

  /**
   * Notes which one stays, unless the booking has noted one itself.
   *
   * @return false if that is another one
   */
  public boolean noteKept(VisitThread kept) {
    return bookingId(kept)
        .filter(id -> journal.appointment(id).isPresent() || journal.note(id, kept.rootId()))
        .isPresent();
  }

  /**
   * The visit that its patient knows instead of this one: the one that the booking has noted. Empty
   * if this is it, and unless both are certainly the same patient's and the other one stands.
   */
  public Optional<VisitThread> knownInsteadOf(VisitThread one, AppointmentReads reads) {
    return notedInsteadOf(one, reads).filter(other -> standsInsteadOf(one, other));
  }

  /**
   * The visit that its patient knew instead of this one, whether it still stands or not: what was
   * called off there must not come back as this one. Empty if they are not the same patient's.
   */
  public Optional<VisitThread> knewInsteadOf(VisitThread one, AppointmentReads reads) {
    return notedInsteadOf(one, reads).filter(other -> isSameBooking(one, other));
  }

  /** Another visit that the booking has noted, whether it stands or not. */
  public Optional<VisitThread> notedInsteadOf(VisitThread one, AppointmentReads reads) {
    return one.bookingId(system)
        .flatMap(journal::appointment)
        .filter(noted -> !noted.equals(one.rootId()) && !noted.equals(one.currentId()))
        .flatMap(noted -> VisitThread.of(noted, reads))
        .filter(other -> !other.rootId().equals(one.rootId()))
        .filter(other -> !other.currentId().equals(one.currentId()));
  }

  /**
   * The same, asked of Canvas as well where nothing is noted: then the one with the lowest id is
   * kept, as bookings do.
   */
  public Optional<VisitThread> keptInsteadOf(VisitThread one, AppointmentReads reads) {
    boolean isNoted = one.bookingId(system).flatMap(journal::appointment).isPresent();
    return isNoted ? knownInsteadOf(one, reads) : lowestInsteadOf(one, reads);
  }

  private Optional<VisitThread> lowestInsteadOf(VisitThread one, AppointmentReads reads) {
    return one.bookingId(system).stream()
        .flatMap(bookingId -> canvas.appointmentsNamed(system, bookingId).stream())
        .flatMap(found -> Stream.ofNullable(found.id()))
        .flatMap(id -> VisitThread.of(id, reads).stream())
        .filter(other -> standsInsteadOf(one, other))
        .min(Comparator.comparing(VisitThread::rootId))
        .filter(lowest -> lowest.rootId().compareTo(one.rootId()) < 0);
  }

  /** Whether both are certainly one booking of one patient, and the other one stands. */
  public boolean standsInsteadOf(VisitThread one, VisitThread other) {
    return isSameBooking(one, other)
        && other.current().knownStatus().filter(AppointmentStatus::occupiesTime).isPresent();
  }

  private boolean isSameBooking(VisitThread one, VisitThread other) {
    return !other.rootId().equals(one.rootId())
        && other.bookingId(system).equals(one.bookingId(system))
        && other.current().patient().isPresent()
        && other.current().patient().equals(one.current().patient());
  }
}
