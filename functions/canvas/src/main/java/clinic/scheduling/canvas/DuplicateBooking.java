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
 * them, the original, is the patient's, and which one never changes: the visit that the booking has
 * recorded or, if it has recorded none, the one with the lowest id. The other one is the duplicate.
 *
 * <p>The methods take a visit that may be the duplicate. They differ in what they require of the
 * original:
 *
 * <ul>
 *   <li>{@link #recordedOther}: the booking has recorded it. It may even be another patient's.
 *   <li>{@link #recordedOriginal}: it is also certain that both are the same booking of the same
 *       patient. It may be off. Decides whether the patient is told anything of the visit.
 *   <li>{@link #isActiveOriginal}: the same certainty, and the original is on.
 *   <li>{@link #visitToKeep}: the same as that, and the original may also come from a search in
 *       Canvas. Decides whether the visit is cancelled as a duplicate.
 * </ul>
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
  public Optional<String> bookingId(VisitThread visit) {
    return visit.bookingId(system);
  }

  /** The duplicate, cancelled and marked as withdrawn: no patient was told of it. */
  public Appointment asWithdrawn(VisitThread duplicate) {
    return duplicate.current().cancelledAsWithdrawn(system);
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
   * The visit that the booking has recorded, if this one is its duplicate. It may be off by now: a
   * visit that was cancelled must not return in the form of its duplicate.
   */
  public Optional<VisitThread> recordedOriginal(VisitThread visit, AppointmentReads reads) {
    return recordedOther(visit, reads).filter(original -> isSameBooking(visit, original));
  }

  /**
   * The recorded visit, if it is not this one. It may be off, and nobody has checked its patient.
   */
  public Optional<VisitThread> recordedOther(VisitThread visit, AppointmentReads reads) {
    return visit
        .bookingId(system)
        .flatMap(journal::appointment)
        .filter(noted -> !noted.equals(visit.rootId()) && !noted.equals(visit.currentId()))
        .flatMap(noted -> VisitThread.of(noted, reads))
        .filter(original -> !original.rootId().equals(visit.rootId()))
        .filter(original -> !original.currentId().equals(visit.currentId()));
  }

  /**
   * The visit to keep, if this one is its duplicate and has to go. If the booking has recorded
   * none, Canvas is searched and the lowest id is kept, as a booking does.
   */
  public Optional<VisitThread> visitToKeep(VisitThread visit, AppointmentReads reads) {
    boolean isNoted = visit.bookingId(system).flatMap(journal::appointment).isPresent();
    return isNoted ? activeRecordedOriginal(visit, reads) : lowestActiveOriginal(visit, reads);
  }

  private Optional<VisitThread> activeRecordedOriginal(VisitThread visit, AppointmentReads reads) {
    return recordedOther(visit, reads).filter(original -> isActiveOriginal(visit, original));
  }

  private Optional<VisitThread> lowestActiveOriginal(VisitThread visit, AppointmentReads reads) {
    return visit.bookingId(system).stream()
        .flatMap(bookingId -> canvas.appointmentsByIdentifier(system, bookingId).stream())
        .flatMap(found -> Stream.ofNullable(found.id()))
        .flatMap(id -> VisitThread.of(id, reads).stream())
        .filter(original -> isActiveOriginal(visit, original))
        .min(Comparator.comparing(VisitThread::rootId))
        .filter(lowest -> lowest.rootId().compareTo(visit.rootId()) < 0);
  }

  /**
   * Whether both certainly belong to the same booking of the same patient, and the other one is not
   * off.
   */
  public boolean isActiveOriginal(VisitThread visit, VisitThread original) {
    return isSameBooking(visit, original)
        && original.current().knownStatus().filter(AppointmentStatus::occupiesTime).isPresent();
  }

  private boolean isSameBooking(VisitThread visit, VisitThread original) {
    return !original.rootId().equals(visit.rootId())
        && original.bookingId(system).equals(visit.bookingId(system))
        && original.current().patient().isPresent()
        && original.current().patient().equals(visit.current().patient());
  }
}
