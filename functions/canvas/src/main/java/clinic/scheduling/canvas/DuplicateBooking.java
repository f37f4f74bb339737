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
 * the two, the original, is the patient's visit. The original is the visit that the booking has
 * recorded or, if it has recorded none, the one with the lowest id. It stays the original for good.
 * The other visit is the duplicate.
 *
 * <p>These methods take a visit that may be the duplicate. They differ in what they require of the
 * original:
 *
 * <ul>
 *   <li>{@link #recordedOther}: the booking has recorded the original. Nothing else is checked, so
 *       it may even be another patient's.
 *   <li>{@link #recordedOriginal}: the booking has recorded the original, and both visits certainly
 *       belong to the same booking of the same patient. The original may be cancelled. This method
 *       decides whether the patient is told anything about the visit.
 *   <li>{@link #isActiveOriginal}: both visits certainly belong to the same booking of the same
 *       patient, and the original occupies the clinician's time.
 *   <li>{@link #visitToKeep}: the same as {@link #isActiveOriginal}. If the booking has recorded no
 *       visit, the original comes from a search in Canvas. This method decides whether the visit is
 *       cancelled as a duplicate.
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

  /**
   * The duplicate, cancelled and marked as withdrawn, which means that no patient was told about
   * it.
   */
  public Appointment asWithdrawn(VisitThread duplicate) {
    return duplicate.current().cancelledAsWithdrawn(system);
  }

  /**
   * Records {@code kept} as the visit of the booking, unless the booking has recorded one itself.
   *
   * @return true if the booking has a recorded visit now, either {@code kept} or one that was
   *     recorded before; false if the visit was not booked through us, or if another visit was
   *     recorded at the same moment
   */
  public boolean noteKept(VisitThread kept) {
    return bookingId(kept)
        .filter(id -> journal.appointment(id).isPresent() || journal.note(id, kept.rootId()))
        .isPresent();
  }

  /**
   * The visit that the booking has recorded, if {@code visit} is the duplicate of it. The recorded
   * visit may be cancelled by now: its duplicate must not take its place even then.
   */
  public Optional<VisitThread> recordedOriginal(VisitThread visit, AppointmentReads reads) {
    return recordedOther(visit, reads).filter(original -> isSameBooking(visit, original));
  }

  /**
   * The visit that the booking has recorded, if that is not {@code visit}. The recorded visit may
   * be cancelled, and may belong to another patient.
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
   * The visit to keep, if {@code visit} is its duplicate and has to be cancelled. If the booking
   * has recorded no visit, we search Canvas and keep the visit with the lowest id. A booking
   * chooses by the same rule.
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
   * Whether both visits certainly belong to the same booking of the same patient, and the original
   * occupies the clinician's time.
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
