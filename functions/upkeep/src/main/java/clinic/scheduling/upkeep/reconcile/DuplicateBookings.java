package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.canvas.AppointmentReads;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import clinic.scheduling.upkeep.reconcile.compare.EntryKey;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds and cancels duplicates (docs/decisions/0037). A duplicate is a future appointment with an
 * identifier of ours that another appointment in Canvas has, too. We keep the appointment that the
 * booking has recorded, or else the one with the lowest id. We cancel the other appointment, and
 * mark its identifier as withdrawn. We do nothing unless it is certain that both appointments are
 * active and have the same patient.
 */
@Singleton
final class DuplicateBookings {
  private static final String CANVAS = "canvas";

  private final DuplicateBooking duplicateBooking;
  private final Canvas canvas;
  private final RetryReads retry;
  private final Clock clock;
  private final Log log = Log.of(DuplicateBookings.class);

  DuplicateBookings(
      DuplicateBooking duplicateBooking, Canvas canvas, RetryReads retry, Clock clock) {
    this.duplicateBooking = duplicateBooking;
    this.canvas = canvas;
    this.retry = retry;
    this.clock = clock;
  }

  /**
   * Finds the duplicates to cancel.
   *
   * @param visits all visits of the window, each listed once
   */
  List<Discrepancy> findAmong(Collection<VisitThread> visits, Deadline deadline) {
    List<VisitThread> bookings = visits.stream().filter(this::isActiveBooking).toList();
    Map<String, Long> counts =
        bookings.stream()
            .map(this::bookingId)
            .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    AppointmentReads reads = id -> retry.read(deadline, () -> canvas.appointment(id));
    return bookings.stream()
        .filter(one -> visitToKeep(one, counts, reads, deadline).isPresent())
        .map(one -> new EntryKey(CANVAS, one.rootId()))
        .map(key -> new Discrepancy(Kind.TWICE_BOOKED, key, Repair.CANCEL, Optional.empty()))
        .toList();
  }

  private Optional<VisitThread> visitToKeep(
      VisitThread one, Map<String, Long> counts, AppointmentReads reads, Deadline deadline) {
    OutOfTimeException.throwUnlessTimeForRead(deadline);
    Optional<VisitThread> recorded = duplicateBooking.recordedOther(one, reads);
    if (recorded.isEmpty()) {
      boolean several = counts.getOrDefault(bookingId(one), 0L) > 1;
      return several ? duplicateBooking.visitToKeep(one, reads) : Optional.empty();
    }
    Optional<VisitThread> kept =
        recorded.filter(other -> duplicateBooking.isActiveOriginal(one, other));
    if (kept.isEmpty()) {
      // The clinic may have cancelled one of the two by hand. The clinic has to say which one to
      // keep.
      log.error(
          "twice-booked-unclear", "appointment", one.rootId(), "known", recorded.get().rootId());
    }
    return kept;
  }

  /**
   * Cancels a visit, if Canvas still has its booking twice.
   *
   * @return whether the visit is cancelled; if not, the next run finds the duplicate again
   */
  boolean cancel(String visit) {
    try {
      Optional<VisitThread> duplicate = VisitThread.of(visit, canvas).filter(this::isActiveBooking);
      Optional<VisitThread> kept =
          duplicate.flatMap(one -> duplicateBooking.visitToKeep(one, canvas));
      // First record which one we keep, so that a repeat keeps the same one.
      return kept.filter(duplicateBooking::noteKept).isPresent()
          && cancel(duplicate.get(), kept.get());
    } catch (UnavailableException e) {
      log.warn("twice-booked-later", "system", e.system());
      return false;
    }
  }

  private boolean cancel(VisitThread duplicate, VisitThread kept) {
    WriteOutcome outcome =
        canvas.update(
            duplicate.currentId(), duplicateBooking.asWithdrawn(duplicate), duplicate.seen().at());
    log.warn(
        "twice-booked-settled",
        "appointment",
        duplicate.currentId(),
        "kept",
        kept.currentId(),
        "outcome",
        outcome.getClass().getSimpleName());
    return outcome.isWritten();
  }

  private String bookingId(VisitThread one) {
    return duplicateBooking.bookingId(one).orElse("");
  }

  private boolean isActiveBooking(VisitThread one) {
    Appointment now = one.current();
    boolean ahead = now.time().filter(time -> time.start().isAfter(clock.instant())).isPresent();
    return ahead
        && duplicateBooking.bookingId(one).isPresent()
        && now.knownStatus().filter(DuplicateBookings::isActive).isPresent();
  }

  /** The visit has neither begun nor been cancelled. */
  private static boolean isActive(AppointmentStatus status) {
    return switch (status) {
      case PROPOSED, PENDING, BOOKED -> true;
      case ARRIVED, CHECKED_IN, FULFILLED, NOSHOW, WAITLIST, CANCELLED, ENTERED_IN_ERROR -> false;
    };
  }
}
