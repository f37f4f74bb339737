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
 * appointment. As long as the appointment's id is not in the journal, we search for the appointment
 * by our identifier. Afterwards only the id in the journal counts.
 *
 * <p>Canvas may let two appointments overlap (docs/facts/canvas.md 3.3). So after each create and
 * each move, we read the clinician's other appointments and check whether one of them overlaps.
 */
@Singleton
public class CanvasBookings {
  private static final Log LOG = Log.of(CanvasBookings.class);

  private final Practice practice;
  private final Canvas canvas;
  private final BookingJournal journal;
  private final String system;

  public CanvasBookings(
      Practice practice, Canvas canvas, BookingJournal journal, IdentifierSystem system) {
    this.practice = practice;
    this.canvas = canvas;
    this.journal = journal;
    this.system = system.uri();
  }

  /**
   * Finds the appointment that an earlier attempt created. Reads it by its id if the id is in the
   * journal, and otherwise searches for it by our identifier.
   *
   * @throws UnavailableException if the appointment was created, but Canvas does not return it yet
   */
  public Optional<Appointment> find(String bookingId) {
    return journal
        .appointment(bookingId)
        .map(id -> canvas.appointment(id).map(Versioned::resource).orElseThrow(Visits::unknown))
        .or(() -> searchAndCancelDuplicates(bookingId).map(found -> noted(bookingId, found)));
  }

  /**
   * Searches for the appointment by our identifier. Canvas's search may lag behind, and find no
   * appointment although there is one.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException if the appointment is at another
   *     time or with another clinician. Then the {@code Idempotency-Key} was used before for
   *     another request, and this request must not get the visit of that one
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
   * Notes the id of an appointment that a search found. If another create of ours still takes
   * effect, the noted appointment remains the only one that counts.
   */
  private Appointment noted(String bookingId, Appointment found) {
    note(bookingId, String.valueOf(found.id()));
    return found;
  }

  /**
   * Notes the id of the booking's appointment in the journal. We do this before any other step, so
   * that no repeat creates a second appointment.
   *
   * @throws UnavailableException if another appointment was noted for the booking meanwhile; a
   *     repeat of the request finds that other appointment
   */
  public void note(String bookingId, String id) {
    if (!journal.note(bookingId, id)) {
      throw Visits.unknown();
    }
  }

  public WriteOutcome create(Appointment appointment) {
    WriteOutcome outcome = canvas.create(appointment);
    LOG.info("create", "outcome", outcome.getClass().getSimpleName());
    return outcome;
  }

  /**
   * Keeps the appointment that was created, or cancels it if another appointment overlaps. An
   * appointment that staff have moved meanwhile is kept in any case. Returns whether the
   * appointment was kept.
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
   * Whether staff have replaced this appointment by another one that is not cancelled. They may do
   * so before the patient hears of the booking.
   */
  private boolean wasReplaced(Appointment ours) {
    return ours.replacedBy().isPresent()
        && Visits.find(String.valueOf(ours.id()), canvas)
            .filter(thread -> !isGone(thread.current()))
            .isPresent();
  }

  /**
   * Whether the appointment still takes the requested time of the requested clinician. An unknown
   * status or time counts as if it did.
   */
  public static boolean isAt(RequestedTime requested, Appointment ours) {
    return ours.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true)
        && ours.practitioner().equals(Optional.of(requested.practitioner()))
        && ours.time().map(requested.time()::contains).orElse(true);
  }

  /**
   * Whether another appointment of this clinician overlaps this time.
   *
   * @param time the time of our visit with its buffers; the buffers of the other visits are added
   *     here
   */
  public boolean isOverlapped(RequestedTime time, Appointment ours) {
    Interval held = time.time();
    // A visit that began the day before may reach into this day.
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

  /**
   * Cancels an appointment that we have not told its patient about. So the patient gets no message
   * about the cancellation.
   */
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

  /** The visit of an appointment as it is in Canvas now. */
  public VisitThread visit(String appointment) {
    return Visits.read(appointment, canvas);
  }

  /**
   * The id of the visit, which is the id of its first appointment. It differs from the id of {@code
   * made} if staff have replaced the first appointment by one that has our identifier too.
   */
  public String rootOf(Appointment made) {
    String id = Objects.requireNonNull(made.id());
    return made.replaces()
        .flatMap(before -> VisitThread.of(id, canvas))
        .map(VisitThread::rootId)
        .orElse(id);
  }
}
