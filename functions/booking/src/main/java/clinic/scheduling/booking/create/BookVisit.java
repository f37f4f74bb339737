package clinic.scheduling.booking.create;

import clinic.scheduling.booking.meeting.MeetingCheck;
import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingLimits;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.CallTimes;
import clinic.scheduling.booking.visit.CanvasBookings;
import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.booking.visit.Outcome.AlreadyBooked;
import clinic.scheduling.booking.visit.Outcome.Booked;
import clinic.scheduling.booking.visit.Outcome.Rejected;
import clinic.scheduling.booking.visit.RequestedTime;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.booking.visit.Visits;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Endpoint;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.Reason;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.BookingJournal.Subject;
import clinic.scheduling.core.visit.Consent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Books a visit. Each of these methods runs one step, and then calls the method of the next step:
 *
 * <ol>
 *   <li>{@link #book} looks for the appointment of an earlier attempt, if there was one.
 *   <li>{@link #hold} holds the time, and releases it if a later step refuses the booking.
 *   <li>{@link #check} asks Canvas whether the clinician has the licence and the time is still
 *       free. It also searches Canvas for an appointment with our identifier. Then it asks the
 *       clinician's calendars for a meeting at this time.
 *   <li>{@link #findPatient} finds or creates the patient's record, and counts the booking.
 *   <li>{@link #create} creates the appointment.
 *   <li>{@link #confirmOrCancel} reads the clinician's other appointments. If one of them overlaps
 *       ours, it cancels ours; otherwise it confirms ours.
 *   <li>{@link #finish} records what the patient is promised, and sends a change notice.
 * </ol>
 *
 * <p>The process may die after any step. The next attempt first looks in the journal and in Canvas
 * for what the earlier attempt has done, and continues from there
 * (docs/decisions/0013-how-a-booking-stays-one.md).
 */
@Singleton
class BookVisit {
  private static final Log LOG = Log.of(BookVisit.class);

  private final TimeHolds holds;
  private final Clinicians clinicians;
  private final CanvasBookings bookings;
  private final MeetingCheck meetings;
  private final MatchPatient patients;
  private final BookingLimits limits;
  private final BookingJournal journal;
  private final Queue<ChangeNotice> changes;
  private final CallBudget budget;
  private final Clock clock;
  private final String system;

  BookVisit(
      TimeHolds holds,
      Clinicians clinicians,
      CanvasBookings bookings,
      MeetingCheck meetings,
      MatchPatient patients,
      BookingLimits limits,
      BookingJournal journal,
      Queue<ChangeNotice> changes,
      CallBudget budget,
      Clock clock,
      IdentifierSystem system) {
    this.holds = holds;
    this.clinicians = clinicians;
    this.bookings = bookings;
    this.meetings = meetings;
    this.patients = patients;
    this.limits = limits;
    this.journal = journal;
    this.changes = changes;
    this.budget = budget;
    this.clock = clock;
    this.system = system.uri();
  }

  /**
   * @param mayHaveActed whether an earlier attempt may have created the appointment
   * @throws ProblemException if a rate limit refuses the booking, or the same {@code
   *     Idempotency-Key} has already booked a different slot; this attempt has created no
   *     appointment
   * @throws UnavailableException if the booking could not be finished now; the appointment may have
   *     been created, and a repeat of the request finds out
   */
  Outcome book(BookingCommand command, boolean mayHaveActed) {
    Optional<Appointment> earlier =
        mayHaveActed ? bookings.find(command.bookingId()) : Optional.empty();
    RequestedTime time = requestedTime(command);
    Outcome outcome =
        earlier.isPresent() ? confirmEarlier(time, earlier.get()) : hold(command, time);
    if (outcome.isRejected()) {
      limits.uncount(command); // an earlier attempt may have counted it
    }
    return outcome;
  }

  /**
   * Finishes an earlier attempt of a request whose slot can no longer be read, for example because
   * the practice document has dropped its location. Creates nothing.
   */
  Outcome settleEarlier(String bookingId) {
    Optional<Appointment> made = bookings.find(bookingId);
    if (made.isEmpty()) {
      journal.requireSettled(Subject.ofBooking(bookingId));
    }
    return made.flatMap(one -> timeOf(bookingId, one).map(time -> confirmEarlier(time, one)))
        .orElseGet(() -> new Rejected(ProblemType.SLOT_EXPIRED));
  }

  /** Reads the visit as it is in Canvas now. */
  VisitThread read(String appointment) {
    return bookings.visit(appointment);
  }

  /** Holds the time, and releases it if the rest of the booking is refused. */
  private Outcome hold(BookingCommand command, RequestedTime time) {
    journal.requireSettled(Subject.ofBooking(command.bookingId()));
    if (command.offered().isNoLongerBookable(clock.instant()) && !holds.isHeldByCaller(time)) {
      holds.release(time); // an earlier attempt may have held it
      return new Rejected(ProblemType.SLOT_EXPIRED);
    }
    if (!holds.takeForBooking(time)) {
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    try {
      Outcome outcome = check(command, time);
      if (outcome.isRejected()) {
        holds.release(time);
      }
      return outcome;
    } catch (ProblemException e) {
      holds.release(time); // refused before anything was created
      throw e;
    }
  }

  /**
   * Asks Canvas whether the clinician may see the patient, and whether the time is still free. Then
   * asks the clinician's calendars, where a meeting may be so new that Canvas does not show it yet.
   */
  private Outcome check(BookingCommand command, RequestedTime time) {
    if (!clinicians.isLicensed(command.offered(), command.request().patient().state())) {
      return new Rejected(ProblemType.NOT_LICENSED);
    }
    boolean free = clinicians.isStillOffered(command.offered());
    // The time may be taken by an earlier create of ours whose answer was lost.
    Optional<Appointment> made = bookings.search(command);
    if (made.isPresent()) {
      return confirmEarlier(time, made.get());
    }
    return free && !meetings.findsMeetingAt(command.offered())
        ? findPatient(command, time)
        : new Rejected(ProblemType.SLOT_TAKEN);
  }

  private Outcome findPatient(BookingCommand command, RequestedTime time) {
    budget.require(CallTimes.WRITE_AND_SEARCH);
    Optional<String> patient;
    if (command.signedIn().isPresent()) {
      patient = patients.signedIn(command.signedIn().get(), command.request());
    } else {
      limits.countContacts(command);
      patient = patients.find(command);
    }
    if (patient.isEmpty()) {
      return new Rejected(ProblemType.CALL_THE_CLINIC);
    }
    limits.countPatient(command, patient.get());
    return create(command, time, patient.get());
  }

  /** Creates the appointment. {@link AfterCreate} handles each answer of Canvas. */
  private Outcome create(BookingCommand command, RequestedTime time, String patient) {
    Appointment appointment;
    try {
      journal.noteConsent(command.bookingId(), consent(command.request().patient()));
      journal.noteCareState(command.bookingId(), command.request().patient().state());
      appointment = newAppointment(command, patient);
      budget.require(CallTimes.WRITE_AND_SEARCH);
    } catch (UnavailableException e) {
      throw uncountAndReturn(command, e);
    }
    return bookings.create(appointment).accept(new AfterCreate(command, time, appointment));
  }

  private static Consent consent(BookingRequest.Person person) {
    return new Consent(
        person.consent().email(), person.consent().sms(), person.language(), person.timezone());
  }

  /**
   * Removes the booking from the patient's daily count, since nothing was created. Returns the
   * failure, for the caller to throw.
   */
  private UnavailableException uncountAndReturn(
      BookingCommand command, UnavailableException failure) {
    try {
      limits.uncount(command);
    } catch (UnavailableException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** Handles each answer of Canvas to the create. */
  private final class AfterCreate implements WriteOutcome.Visitor<Outcome> {
    private final BookingCommand command;
    private final RequestedTime time;
    private final Appointment appointment;

    AfterCreate(BookingCommand command, RequestedTime time, Appointment appointment) {
      this.command = command;
      this.time = time;
      this.appointment = appointment;
    }

    @Override
    public Outcome written(WriteOutcome.Written outcome) {
      bookings.note(command.bookingId(), outcome.id());
      return confirmOrCancel(time, appointment.withId(outcome.id()), true);
    }

    /**
     * Canvas refuses the create because another appointment overlaps. That other appointment may
     * come from an earlier create of ours, so we search for it.
     */
    @Override
    public Outcome timeTaken(WriteOutcome.TimeTaken outcome) {
      return findOwnCreate().orElseGet(() -> new Rejected(ProblemType.SLOT_TAKEN));
    }

    @Override
    public Outcome refused(WriteOutcome.Refused outcome) {
      LOG.error("create-refused", "status", outcome.status(), "code", outcome.code());
      return new Rejected(ProblemType.CALL_THE_CLINIC);
    }

    /**
     * Canvas has not answered. As long as the create may still take effect, repeats only search for
     * the appointment, and create nothing.
     */
    @Override
    public Outcome unknown(WriteOutcome.Unknown outcome) {
      journal.noteUnsettled(Subject.ofBooking(command.bookingId()), outcome.mayLandWithin());
      try {
        return findOwnCreate()
            .orElseThrow(() -> new UnavailableException("canvas", outcome.retryAfter()));
      } catch (UnavailableException e) {
        throw outcome.mayLandWithin().isZero() ? uncountAndReturn(command, e) : e;
      }
    }

    @Override
    public Outcome changed(WriteOutcome.Changed outcome) {
      return findOwnCreate().orElseThrow(Visits::unknown);
    }

    @Override
    public Outcome absent(WriteOutcome.Absent outcome) {
      return findOwnCreate().orElseThrow(Visits::unknown);
    }

    private Optional<Outcome> findOwnCreate() {
      return bookings.search(command).map(made -> confirmOrCancel(time, made, true));
    }
  }

  /**
   * Finishes the booking of an earlier attempt. If that attempt confirmed the appointment, we do
   * not check for overlaps again, so the appointment is never cancelled here.
   */
  private Outcome confirmEarlier(RequestedTime time, Appointment made) {
    Outcome outcome =
        journal.isConfirmed(Subject.ofBooking(time.owner()))
            ? finish(time, made, false)
            : confirmOrCancel(time, made, false);
    return outcome.fold(
        booked -> new AlreadyBooked(booked.appointment()),
        already -> already,
        rejected -> rejected);
  }

  /** Confirms the new appointment, or cancels it if another appointment overlaps it. */
  private Outcome confirmOrCancel(RequestedTime time, Appointment made, boolean justCreated) {
    if (!bookings.keepOrCancel(time, made)) {
      holds.release(time);
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    journal.noteConfirmed(Subject.ofBooking(time.owner()), true);
    return finish(time, made, justCreated);
  }

  /**
   * Records what the patient is promised, ends the caller's other holds, holds the time until every
   * offer of it has expired, and sends a change notice.
   */
  private Outcome finish(RequestedTime time, Appointment made, boolean justCreated) {
    String id = Objects.requireNonNull(made.id());
    LOG.put("appointment", id);
    PatientFingerprint.asIfOn(made)
        .ifPresent(seen -> journal.notePromise(bookings.rootOf(made), seen));
    holds.releaseHolders(time); // otherwise they would be in the way of the longer hold
    if (!CanvasBookings.isAt(time, made)) {
      holds.release(time); // staff have moved or cancelled the visit
    } else if (justCreated) {
      holds.keepCreated(time, id);
    } else {
      holds.keep(time, id);
    }
    changes.send(ChangeNotice.of(id, "booked", time.owner(), clock.instant(), time.owner()));
    return new Booked(id);
  }

  private static RequestedTime requestedTime(BookingCommand command) {
    return new RequestedTime(
        command.bookingId(),
        command.offered().slot().practitioner(),
        command.offered().withBuffers(),
        command.holders());
  }

  private static Optional<RequestedTime> timeOf(String bookingId, Appointment made) {
    return made.practitioner()
        .flatMap(who -> made.time().map(time -> new RequestedTime(bookingId, who, time)));
  }

  /**
   * The Appointment resource that we send to Canvas (docs/facts/canvas.md 3.1). Its status is
   * {@code proposed}, Canvas's word for "not confirmed by the clinic yet".
   *
   * @param patient the Canvas patient key
   */
  private Appointment newAppointment(BookingCommand command, String patient) {
    Optional<String> link =
        command.offered().isVideo()
            ? clinicians.room(command.offered().slot().practitioner())
            : Optional.empty(); // without a link, Canvas uses its own default
    List<Reference> supporting = new ArrayList<>();
    supporting.add(Reference.to("Location", command.offered().place().canvasId()));
    link.ifPresent(l -> supporting.add(new Reference("#" + Endpoint.ID, "Endpoint", null)));
    clinic.scheduling.core.practice.Coding type = command.offered().visit().coding();
    return new Appointment(
        "Appointment",
        null,
        link.map(address -> List.of(Endpoint.meeting(address))).orElse(null),
        List.of(Identifier.usual(system, command.bookingId())),
        AppointmentStatus.PROPOSED.code(),
        CodeableConcept.of(coding(type.system(), type.code(), type.display())),
        reason(command),
        null,
        supporting,
        command.offered().slot().time().start().toString(),
        command.offered().slot().time().end().toString(),
        List.of(
            Participant.accepted(Reference.to("Patient", patient)),
            Participant.accepted(
                Reference.to("Practitioner", command.offered().slot().practitioner()))));
  }

  private static @Nullable List<CodeableConcept> reason(BookingCommand command) {
    BookingRequest request = command.request();
    String words =
        Stream.of(
                request.reasonText(), request.comment(), request.booker().map(BookVisit::bookedBy))
            .flatMap(Optional::stream)
            .map(Phi::value)
            .collect(Collectors.joining(" - "));
    List<Coding> codes =
        request.reasonCode().flatMap(command.offered().visit()::reason).stream()
            .map(Reason::coding)
            .map(one -> coding(one.system(), one.code(), one.display()))
            .toList();
    if (words.isEmpty() && codes.isEmpty()) {
      return null;
    }
    return List.of(
        new CodeableConcept(
            codes.isEmpty() ? null : codes, words.isEmpty() ? null : Phi.of(words)));
  }

  /**
   * Names the person who booked for the patient. This text goes into the reason of the visit, and
   * not into the patient's own record.
   */
  private static Phi<String> bookedBy(BookingRequest.Booker booker) {
    return Phi.of(
        "Booked by %s %s, %s, %s"
            .formatted(
                booker.given().value(),
                booker.family().value(),
                booker.phone().value(),
                booker.email().value()));
  }

  private static Coding coding(String system, String code, String display) {
    return new Coding(system, code, display.isEmpty() ? null : display);
  }
}
