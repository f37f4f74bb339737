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
 * The appointments in Canvas that carry our identifiers. At most one stands for a booking: it is
 * found by the identifier that it was created under, and once its id is in the journal, it is the
 * only one. Canvas may let two appointments overlap (docs/facts/canvas.md 3.3), so each create and
 * each move is read back against the clinician's other appointments.
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
        .or(() -> search(bookingId).map(found -> noted(bookingId, found)));
  }

  /**
   * The appointment that a search by our identifier shows; it may lag behind and show none.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException if it is at another time: the key
   *     has come back, long after, with another request, which does not get the visit of the first
   *     one
   */
  public Optional<Appointment> search(BookingCommand command) {
    return search(command.bookingId())
        .map(found -> sameTime(command, found))
        .map(found -> noted(command.bookingId(), found));
  }

  /** Of several under one identifier the first that stands is kept, the others are cancelled. */
  private Optional<Appointment> search(String bookingId) {
    List<Appointment> found =
        canvas.appointmentsByIdentifier(system, bookingId).stream()
            .sorted(
                Comparator.comparing((Appointment one) -> isGone(one))
                    .thenComparing(one -> Optional.ofNullable(one.id()).orElse("")))
            .toList();
    found.stream().skip(1).filter(extra -> !isGone(extra)).forEach(this::withdraw);
    return found.stream().findFirst();
  }

  private static Appointment sameTime(BookingCommand command, Appointment found) {
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

  /** What a search found is noted too: another create of ours may take effect later still. */
  private Appointment noted(String bookingId, Appointment found) {
    note(bookingId, String.valueOf(found.id()));
    return found;
  }

  /**
   * Notes which appointment the booking is, before anything else is done: what Canvas said that it
   * created is never created again.
   *
   * @throws UnavailableException if the booking is another appointment by now; a repeat finds that
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
   * Reads back what was created: whether it may keep its time. If another appointment has a part of
   * the time, ours is cancelled.
   */
  public boolean keepsItsTime(RequestedTime requested, Appointment ours) {
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

  /** Whether staff moved it before its patient heard of it: the visit stands, elsewhere. */
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
   * Whether another appointment of this clinician has a part of this time.
   *
   * @param time with the buffers of our visit; those of the others are added
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

  /** The id of the visit; our identifier may have gone over to an appointment that replaced it. */
  public String rootOf(Appointment made) {
    String id = Objects.requireNonNull(made.id());
    return made.replaces()
        .flatMap(before -> VisitThread.of(id, canvas))
        .map(VisitThread::rootId)
        .orElse(id);
  }
}
