package clinic.scheduling.booking.visit;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.availability.BusyTimes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
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
 * The appointments in Canvas that carry our identifiers. A booking has at most one valid
 * appointment. Until its id is in the journal, it is found by our identifier; afterwards only the
 * recorded one counts. Canvas may let two appointments overlap (docs/facts/canvas.md 3.3), so each
 * create and each move is read back against the clinician's other appointments.
 */
@Singleton
public class CanvasBookings {
  private static final Log LOG = Log.of(CanvasBookings.class);

  private final Practice practice;
  private final Canvas canvas;
  private final BookingJournal journal;
  private final AppointmentForm form;
  private final String system;

  public CanvasBookings(
      Practice practice,
      Canvas canvas,
      BookingJournal journal,
      AppointmentForm form,
      IdentifierSystem system) {
    this.practice = practice;
    this.canvas = canvas;
    this.journal = journal;
    this.form = form;
    this.system = system.uri();
  }

  /**
   * The appointment of an earlier attempt: read by its id if the journal has it, otherwise searched
   * for.
   *
   * @throws UnavailableException if it was created and cannot be read yet
   */
  public Optional<Appointment> find(String bookingId) {
    return journal
        .appointment(bookingId)
        .map(id -> canvas.appointment(id).map(Versioned::resource).orElseThrow(Visits::unknown))
        .or(() -> searchAndCancelDuplicates(bookingId).map(found -> noted(bookingId, found)));
  }

  /**
   * Searches for the appointment by our identifier. The search may lag behind and find none
   * although there is one.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException if it is at another time: the key
   *     was reused, long after, for another request, which must not get the visit of the first one
   */
  public Optional<Appointment> search(BookingCommand command) {
    return searchAndCancelDuplicates(command.bookingId())
        .map(found -> requireSameTime(command, found))
        .map(found -> noted(command.bookingId(), found));
  }

  /**
   * If several appointments have this identifier, keeps the first one that is not cancelled, and
   * cancels the others.
   */
  private Optional<Appointment> searchAndCancelDuplicates(String bookingId) {
    List<Appointment> found =
        canvas.appointmentsByIdentifier(system, bookingId).stream()
            .sorted(
                Comparator.comparing((Appointment one) -> isGone(one))
                    .thenComparing(one -> Optional.ofNullable(one.id()).orElse("")))
            .toList();
    found.stream().skip(1).filter(extra -> !isGone(extra)).forEach(this::withdraw);
    return found.stream().findFirst();
  }

  private static Appointment requireSameTime(BookingCommand command, Appointment found) {
    boolean same =
        found.practitioner().equals(Optional.of(command.offered().slot().practitioner()))
            && found.time().equals(Optional.of(command.offered().slot().time()));
    if (!same) {
      throw Problem.of(
              ProblemType.IDEMPOTENCY_KEY_REUSED, "Choose a new Idempotency-Key for a new request.")
          .asException();
    }
    return found;
  }

  /**
   * An appointment that a search found is noted, too: another create of ours may still take effect.
   */
  private Appointment noted(String bookingId, Appointment found) {
    note(bookingId, String.valueOf(found.id()));
    return found;
  }

  /**
   * Notes the id of the booking's appointment before any other step, so that an appointment that
   * Canvas has created is never created again.
   *
   * @throws UnavailableException if another appointment was noted for the booking meanwhile; a
   *     repeat finds that one
   */
  public void note(String bookingId, String id) {
    if (!journal.note(bookingId, id)) {
      throw Visits.unknown();
    }
  }

  /** The appointment to create; nothing is written yet. */
  public Appointment prepare(BookingCommand command, String patient) {
    return form.of(command, patient);
  }

  public WriteOutcome create(Appointment appointment) {
    WriteOutcome outcome = canvas.create(appointment);
    LOG.info("create", "outcome", outcome.getClass().getSimpleName());
    return outcome;
  }

  /**
   * Keeps the appointment that was created, or cancels it if another appointment overlaps. Returns
   * whether it was kept.
   */
  public boolean keepOrCancel(RequestedTime requested, Appointment ours) {
    if (isGone(ours)) {
      return wasReplaced(ours);
    }
    boolean movedInPlace =
        !ours.practitioner().equals(Optional.of(requested.practitioner()))
            || !ours.time().map(requested.time()::overlaps).orElse(true);
    if (movedInPlace || !isOverlapped(requested, ours)) {
      return true;
    }
    withdraw(ours);
    return false;
  }

  /**
   * Whether staff moved the visit before its patient heard of it, so that it continues as another
   * appointment.
   */
  private boolean wasReplaced(Appointment ours) {
    return ours.replacedBy().isPresent()
        && Visits.find(String.valueOf(ours.id()), canvas)
            .filter(thread -> !isGone(thread.current()))
            .isPresent();
  }

  /** Whether it is at the time that it was created for, and staff have not taken it elsewhere. */
  public static boolean isAt(RequestedTime requested, Appointment ours) {
    return ours.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true)
        && ours.practitioner().equals(Optional.of(requested.practitioner()))
        && ours.time().map(requested.time()::contains).orElse(true);
  }

  /**
   * Whether another appointment of this clinician overlaps this time.
   *
   * @param time the time with the buffers of our visit; those of the others are added here
   */
  public boolean isOverlapped(RequestedTime time, Appointment ours) {
    Interval held = time.time();
    // A visit that began the day before may reach into this one.
    LocalDate first = LocalDate.ofInstant(held.start(), ZoneOffset.UTC).minusDays(1);
    LocalDate last = LocalDate.ofInstant(held.end(), ZoneOffset.UTC).plusDays(2);
    Optional<String> identifier = ours.identifierOf(system);
    List<Appointment> others =
        canvas.appointmentsOf(time.practitioner(), first, last).stream()
            .filter(other -> !Objects.equals(other.id(), ours.id()))
            .filter(other -> identifier.isEmpty() || !other.identifierOf(system).equals(identifier))
            .toList();
    boolean overlapped =
        BusyTimes.of(others, time.practitioner(), practice).stream().anyMatch(held::overlaps);
    if (overlapped) {
      LOG.warn("overlap", "appointment", Objects.requireNonNullElse(ours.id(), ""));
    }
    return overlapped;
  }

  /** Cancels an appointment that was promised to nobody, so nobody is told. */
  private void withdraw(Appointment ours) {
    String id = Optional.ofNullable(ours.id()).orElse("");
    Versioned<Appointment> seen = canvas.appointment(id).orElseThrow(CanvasBookings::notWithdrawn);
    ours.identifierOf(system).ifPresent(name -> journal.noteWithdrawn(name, id));
    if (!canvas.update(id, seen.resource().cancelledAsWithdrawn(system), seen.at()).isWritten()) {
      throw notWithdrawn();
    }
  }

  private static UnavailableException notWithdrawn() {
    return new UnavailableException("canvas", Duration.ofSeconds(2));
  }

  private static boolean isGone(Appointment one) {
    return one.knownStatus().map(AppointmentStatus::isGone).orElse(false);
  }

  /** The visit of an appointment as Canvas has it now. */
  public VisitThread visit(String appointment) {
    return Visits.read(appointment, canvas);
  }

  /**
   * The id of the visit. It differs from the appointment's own id if staff have replaced the first
   * appointment, and our identifier went over to the new one.
   */
  public String rootOf(Appointment made) {
    String id = Objects.requireNonNull(made.id());
    return made.replaces()
        .flatMap(before -> VisitThread.of(id, canvas))
        .map(VisitThread::rootId)
        .orElse(id);
  }
}
