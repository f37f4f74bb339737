package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Outcome.Rejected;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.Consent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings a booking about: hold, check again, create; the rest is {@link ConfirmBooking}. Each step
 * can be the last one before a crash; the next try begins by looking for what stands under our
 * identifier.
 */
@Singleton
class Booking {
  private final Practice practice;
  private final Canvas canvas;
  private final SlotChecks checks;
  private final Patients patients;
  private final Created created;
  private final ConfirmBooking kept;
  private final Rows rows;
  private final AppointmentForm form;
  private final Attempts attempts;
  private final CareStates states;
  private final Limits limits;
  private final CallBudget time;
  private final Clock clock;

  Booking(
      Practice practice,
      Canvas canvas,
      SlotChecks checks,
      Patients patients,
      Created created,
      ConfirmBooking kept,
      Rows rows,
      AppointmentForm form,
      Attempts attempts,
      CareStates states,
      Limits limits,
      CallBudget time,
      Clock clock) {
    this.practice = practice;
    this.canvas = canvas;
    this.checks = checks;
    this.patients = patients;
    this.created = created;
    this.kept = kept;
    this.rows = rows;
    this.form = form;
    this.attempts = attempts;
    this.states = states;
    this.limits = limits;
    this.time = time;
    this.clock = clock;
  }

  /**
   * @param seenBefore an earlier try may have created the appointment already
   * @throws UnavailableException if it is not known how it stands; a repeat settles it
   */
  Outcome bring(BookingCommand wish, boolean seenBefore) {
    Optional<Appointment> made = seenBefore ? created.find(wish.bookingId()) : Optional.empty();
    Outcome outcome =
        made.map(found -> kept.found(wish.promise(), found)).orElseGet(() -> begin(wish));
    if (outcome instanceof Rejected) {
      limits.notMade(wish); // of an earlier try too: none of them stands
    }
    return outcome;
  }

  private Outcome begin(BookingCommand wish) {
    attempts.waitForEarlier(Attempts.ofBooking(wish.bookingId()));
    if (checks.isTooLate(wish.offered())) {
      kept.release(wish.promise()); // an earlier try may have held it
      return new Rejected(ProblemType.SLOT_EXPIRED);
    }
    if (!kept.hold(wish.promise(), Duration.ofSeconds(practice.holdSeconds()))) {
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    try {
      Outcome outcome = holding(wish);
      if (outcome instanceof Rejected) {
        kept.release(wish.promise());
      }
      return outcome;
    } catch (ProblemException e) {
      kept.release(wish.promise()); // refused before anything was made
      throw e;
    }
  }

  private Outcome holding(BookingCommand wish) {
    if (!checks.isLicensed(wish)) {
      return new Rejected(ProblemType.NOT_LICENSED);
    }
    boolean free = checks.isStillFree(wish.offered().slot(), wish.offered().place());
    // Not free may be our own doing: a create whose answer was lost.
    Optional<Appointment> made = created.find(wish);
    if (made.isPresent()) {
      return kept.found(wish.promise(), made.get());
    }
    if (!free) {
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    time.require(BookAppointment.SETTLING);
    if (wish.signedIn().isEmpty()) {
      limits.ofContact(wish);
    }
    return wish.signedIn()
        .map(key -> patients.named(key, wish.request()))
        .orElseGet(() -> patients.find(wish))
        .map(key -> create(wish, key))
        .orElseGet(() -> new Rejected(ProblemType.CALL_THE_CLINIC));
  }

  private Outcome create(BookingCommand wish, String patient) {
    limits.ofPatient(wish, patient);
    Appointment asked = prepared(wish, patient);
    WriteOutcome outcome = canvas.create(asked);
    LOG.info("create", "outcome", outcome.getClass().getSimpleName());
    if (outcome instanceof WriteOutcome.Written written) {
      created.note(wish.bookingId(), written.id());
      return kept.ifAlone(wish.promise(), asked.withId(written.id()));
    }
    if (outcome instanceof WriteOutcome.Refused refused) {
      LOG.error("create-refused", "status", refused.status(), "code", refused.code());
      return new Rejected(ProblemType.CALL_THE_CLINIC);
    }
    try {
      return lookedUp(wish, outcome);
    } catch (UnavailableException e) {
      if (outcome instanceof WriteOutcome.Unknown unknown && unknown.mayLandWithin().isZero()) {
        giveBackPlace(wish, e);
      }
      throw e;
    }
  }

  /** What comes before the create; if it fails, nothing was made. */
  private Appointment prepared(BookingCommand wish, String patient) {
    try {
      consent(wish).write(wish.bookingId(), rows, clock);
      states.remember(wish.bookingId(), wish.request().patient().state());
      Appointment asked = form.of(wish, patient);
      time.require(BookAppointment.SETTLING);
      return asked;
    } catch (UnavailableException e) {
      giveBackPlace(wish, e);
      throw e;
    }
  }

  /**
   * The patient's place of the day, where nothing can have been made: no earlier try may land any
   * more once a create begins.
   */
  private void giveBackPlace(BookingCommand wish, UnavailableException failure) {
    try {
      limits.notMade(wish);
    } catch (UnavailableException e) {
      failure.addSuppressed(e);
    }
  }

  /** Canvas did not say that it stands; it may all the same. */
  private Outcome lookedUp(BookingCommand wish, WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Unknown unknown) {
      attempts.unsettled(Attempts.ofBooking(wish.bookingId()), unknown);
    }
    Optional<Appointment> made = created.find(wish);
    if (made.isPresent()) {
      return kept.ifAlone(wish.promise(), made.get());
    }
    if (outcome instanceof WriteOutcome.TimeTaken) {
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    throw new UnavailableException(
        "canvas",
        outcome instanceof WriteOutcome.Unknown unknown
            ? unknown.retryAfter()
            : Duration.ofSeconds(3));
  }

  private static Consent consent(BookingCommand wish) {
    BookingRequest.Person person = wish.request().patient();
    return new Consent(
        person.consent().email(), person.consent().sms(), person.language(), person.timezone());
  }
}
