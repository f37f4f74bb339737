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
import clinic.scheduling.upkeep.reconcile.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.Discrepancy.Repair;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Visits ahead that stand in Canvas twice under one of our identifiers. The one that the booking
 * has noted stays, or else the one with the lowest id; the other is cancelled, and its identifier
 * says that nobody was promised it. Nothing is done unless both certainly stand, for the same
 * patient.
 */
@Singleton
final class DuplicateBookings {
  private static final String CANVAS = "canvas";

  private final DuplicateBooking twice;
  private final Canvas canvas;
  private final RetryReads patience;
  private final Clock clock;
  private final Log log = Log.of(DuplicateBookings.class);

  DuplicateBookings(DuplicateBooking twice, Canvas canvas, RetryReads patience, Clock clock) {
    this.twice = twice;
    this.canvas = canvas;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Those of these visits that are to go.
   *
   * @param visits every visit that is about, each once
   */
  List<Discrepancy> among(Collection<VisitThread> visits, Deadline deadline) {
    List<VisitThread> bookings = visits.stream().filter(this::isOpenBooking).toList();
    Map<String, Long> times =
        bookings.stream()
            .map(this::bookingId)
            .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    AppointmentReads reads = id -> patience.with(deadline, () -> canvas.appointment(id));
    return bookings.stream()
        .filter(one -> keptInsteadOf(one, times, reads, deadline).isPresent())
        .map(one -> new EntryKey(CANVAS, one.rootId()))
        .map(place -> new Discrepancy(Kind.TWICE_BOOKED, place, Repair.CANCEL, Optional.empty()))
        .toList();
  }

  private Optional<VisitThread> keptInsteadOf(
      VisitThread one, Map<String, Long> times, AppointmentReads reads, Deadline deadline) {
    TakeSnapshot.requireTime(deadline);
    Optional<VisitThread> noted = twice.notedInsteadOf(one, reads);
    if (noted.isEmpty()) {
      boolean several = times.getOrDefault(bookingId(one), 0L) > 1;
      return several ? twice.keptInsteadOf(one, reads) : Optional.empty();
    }
    Optional<VisitThread> kept = noted.filter(other -> twice.standsInsteadOf(one, other));
    if (kept.isEmpty()) {
      // Perhaps the clinic has cancelled one of both by hand: which one it meant, it has to say.
      log.error("twice-booked-unclear", "appointment", one.rootId(), "known", noted.get().rootId());
    }
    return kept;
  }

  /**
   * Cancels one, if what was found is still so.
   *
   * @return whether it is off; if not, the next run finds it again
   */
  boolean cancel(String visit) {
    try {
      Optional<VisitThread> goes = VisitThread.of(visit, canvas).filter(this::isOpenBooking);
      Optional<VisitThread> kept = goes.flatMap(one -> twice.keptInsteadOf(one, canvas));
      // Noted before anything goes: from then on the booking itself knows which one it is.
      return kept.filter(twice::noteKept).isPresent() && cancel(goes.get(), kept.get());
    } catch (UnavailableException e) {
      log.warn("twice-booked-later", "system", e.system());
      return false;
    }
  }

  private boolean cancel(VisitThread goes, VisitThread kept) {
    WriteOutcome outcome = canvas.update(goes.currentId(), twice.takenBack(goes), goes.seen().at());
    log.warn(
        "twice-booked-settled",
        "appointment",
        goes.currentId(),
        "kept",
        kept.currentId(),
        "outcome",
        outcome.getClass().getSimpleName());
    return outcome instanceof WriteOutcome.Written;
  }

  private String bookingId(VisitThread one) {
    return twice.bookingId(one).orElse("");
  }

  private boolean isOpenBooking(VisitThread one) {
    Appointment now = one.current();
    boolean ahead = now.time().filter(time -> time.start().isAfter(clock.instant())).isPresent();
    return ahead
        && twice.bookingId(one).isPresent()
        && now.knownStatus().filter(DuplicateBookings::isOpen).isPresent();
  }

  /** Nobody has come for it, and nobody has called it off. */
  private static boolean isOpen(AppointmentStatus status) {
    return switch (status) {
      case PROPOSED, PENDING, BOOKED -> true;
      case ARRIVED, CHECKED_IN, FULFILLED, NOSHOW, WAITLIST, CANCELLED, ENTERED_IN_ERROR -> false;
    };
  }
}
