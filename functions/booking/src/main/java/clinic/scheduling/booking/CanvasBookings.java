package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.availability.BusyTimes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.BookingJournal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands in Canvas for a booking. Canvas may let two appointments overlap, so each create is
 * read back: where another appointment has the time, ours gives way.
 */
@Singleton
class CanvasBookings {
  private final Practice practice;
  private final Canvas canvas;
  private final BookingJournal journal;
  private final String system;

  CanvasBookings(
      Practice practice, Canvas canvas, BookingJournal journal, IdentifierSystem system) {
    this.practice = practice;
    this.canvas = canvas;
    this.journal = journal;
    this.system = system.uri();
  }

  /** The appointment that carries our identifier; of several, all but one are cancelled. */
  Optional<Appointment> find(BookingCommand wish) {
    return named(wish.bookingId()).map(one -> sameAs(wish, one));
  }

  /** The same, whatever was asked for under that name. */
  Optional<Appointment> named(String bookingId) {
    List<Appointment> found =
        canvas.appointmentsNamed(system, bookingId).stream()
            .sorted(
                Comparator.comparing((Appointment one) -> isGone(one))
                    .thenComparing(one -> Optional.ofNullable(one.id()).orElse("")))
            .toList();
    found.stream().skip(1).filter(extra -> !isGone(extra)).forEach(this::withdraw);
    return found.stream().findFirst();
  }

  /**
   * A key that comes back with another wish, long after, does not hand out the visit of the first
   * one.
   */
  private static Appointment sameAs(BookingCommand wish, Appointment found) {
    boolean same =
        found.practitioner().equals(Optional.of(wish.offered().slot().practitioner()))
            && found.time().equals(Optional.of(wish.offered().slot().time()));
    if (!same) {
      throw Problem.of(
              ProblemType.IDEMPOTENCY_KEY_REUSED, "Choose a new Idempotency-Key for a new request.")
          .asException();
    }
    return found;
  }

  /** Whether our appointment keeps its time; if not, it is cancelled here. */
  boolean mayStay(RequestedTime promise, Appointment ours) {
    if (isGone(ours)) {
      return wasMovedOn(ours);
    }
    if (!isWhere(promise, ours)) {
      return true; // staff moved it in place
    }
    boolean overlapped = isOverlapped(promise.practitioner(), promise.time(), ours);
    if (overlapped) {
      withdraw(ours);
    }
    return !overlapped;
  }

  private static boolean isWhere(RequestedTime promise, Appointment ours) {
    return ours.practitioner().equals(Optional.of(promise.practitioner()))
        && ours.time().map(promise.time()::overlaps).orElse(true);
  }

  /** Whether it stands at the time that it was made for, and not where staff have taken it. */
  static boolean isAt(RequestedTime promise, Appointment ours) {
    return ours.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true)
        && ours.practitioner().equals(Optional.of(promise.practitioner()))
        && ours.time().map(promise.time()::holds).orElse(true);
  }

  /** Staff moved it before its patient learnt of it: it stands, elsewhere. */
  private boolean wasMovedOn(Appointment ours) {
    return ours.replacedBy().isPresent()
        && CompleteThread.of(String.valueOf(ours.id()), canvas)
            .filter(thread -> !isGone(thread.current()))
            .isPresent();
  }

  /**
   * Whether another appointment of this clinician has a part of this time.
   *
   * @param held the time with its buffers; those of the others are added
   */
  boolean isOverlapped(String practitioner, Interval held, Appointment ours) {
    Optional<String> name = ours.identifierOf(system);
    List<Appointment> others =
        canvas.appointmentsOf(practitioner, dayBefore(held), dayAfter(held)).stream()
            .filter(other -> !Objects.equals(other.id(), ours.id()))
            .filter(other -> name.isEmpty() || !other.identifierOf(system).equals(name))
            .toList();
    boolean overlapped =
        BusyTimes.of(others, practitioner, practice).stream().anyMatch(held::overlaps);
    if (overlapped) {
      LOG.warn("overlap", "appointment", Objects.requireNonNullElse(ours.id(), ""));
    }
    return overlapped;
  }

  /** Nobody was promised it, so nobody is told that it is off. */
  private void withdraw(Appointment ours) {
    String id = Optional.ofNullable(ours.id()).orElse("");
    Versioned<Appointment> seen =
        canvas
            .appointment(id)
            .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(2)));
    ours.identifierOf(system).ifPresent(name -> journal.noteWithdrawn(name, id));
    WriteOutcome outcome = canvas.update(id, seen.resource().withdrawn(system), seen.at());
    if (!(outcome instanceof WriteOutcome.Written)) {
      throw new UnavailableException("canvas", Duration.ofSeconds(2));
    }
  }

  static boolean isGone(Appointment one) {
    return one.knownStatus().map(AppointmentStatus::isGone).orElse(false);
  }

  /** A visit that began the day before may reach into this one. */
  private static LocalDate dayBefore(Interval time) {
    return LocalDate.ofInstant(time.start(), ZoneOffset.UTC).minusDays(1);
  }

  private static LocalDate dayAfter(Interval time) {
    return LocalDate.ofInstant(time.end(), ZoneOffset.UTC).plusDays(2);
  }
}
