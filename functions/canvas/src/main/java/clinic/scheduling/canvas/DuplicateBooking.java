package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.visit.BookingJournal;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A booking for which Canvas has two appointments: the outcome of a create was unknown, so we
 * created again, and then the first create took effect as well (docs/decisions/0037). Only one of
 * them is the patient's, and which one never changes.
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

  /** Our identifier of the booking; empty if the visit was not booked through us. */
  public Optional<String> bookingId(VisitThread one) {
    return one.bookingId(system);
  }

  /** The duplicate, cancelled and marked as withdrawn: no patient was told of it. */
  public Appointment takenBack(VisitThread goes) {
    return goes.current().withdrawn(system);
  }

  /**
   * Records which visit stays, unless the booking has recorded one itself.
   *
   * @return false if the booking has recorded another one
   */
  public boolean noteKept(VisitThread kept) {
    return bookingId(kept)
        .filter(id -> journal.appointment(id).isPresent() || journal.note(id, kept.rootId()))
        .isPresent();
  }

  /**
   * The recorded visit, if this one is its duplicate. Empty if this visit is the recorded one, if
   * the two may belong to different patients, or if the recorded one is off.
   */
  public Optional<VisitThread> knownInsteadOf(VisitThread one, AppointmentReads reads) {
    return notedInsteadOf(one, reads).filter(other -> standsInsteadOf(one, other));
  }

  /**
   * Like {@link #knownInsteadOf}, but also if the recorded visit is off by now: a visit that was
   * cancelled must not return in the form of its duplicate.
   */
  public Optional<VisitThread> knewInsteadOf(VisitThread one, AppointmentReads reads) {
    return notedInsteadOf(one, reads).filter(other -> isSameBooking(one, other));
  }

  /**
   * The recorded visit, if it is not this one. It may be off, and nobody has checked its patient.
   */
  public Optional<VisitThread> notedInsteadOf(VisitThread one, AppointmentReads reads) {
    return one.bookingId(system)
        .flatMap(journal::appointment)
        .filter(noted -> !noted.equals(one.rootId()) && !noted.equals(one.currentId()))
        .flatMap(noted -> VisitThread.of(noted, reads))
        .filter(other -> !other.rootId().equals(one.rootId()))
        .filter(other -> !other.currentId().equals(one.currentId()));
  }

  /**
   * The visit to keep instead of this one. If the booking has recorded none, Canvas is searched and
   * the lowest id is kept, as a booking does.
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

  /**
   * Whether both certainly belong to the same booking of the same patient, and the other one is not
   * off.
   */
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
