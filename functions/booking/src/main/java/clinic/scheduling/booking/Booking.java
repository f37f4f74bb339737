package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Outcome.Booked;
import clinic.scheduling.booking.Outcome.Rejected;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.visit.Consent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings a booking about: hold, check again, create, read back, announce. Each step can be the last
 * one before a crash; the next try begins by looking for what stands under our identifier.
 */
@Singleton
class Booking {
  /** How long a booked time stays ours beside Canvas, whose free times may lag behind. */
  private static final Duration BOOKED_KEPT = Duration.ofMinutes(10);

  private static final Duration BEYOND_OFFERS = Duration.ofMinutes(1);

  private static final Duration CREATE_WITHIN = Duration.ofSeconds(12);

  private final Practice practice;
  private final Canvas canvas;
  private final Checks checks;
  private final Patients patients;
  private final Standing standing;
  private final Holds holds;
  private final Rows rows;
  private final Queue<ChangeNotice> changes;
  private final AppointmentForm form;
  private final Attempts attempts;
  private final CareStates states;
  private final Limits limits;
  private final Clock clock;

  Booking(
      Practice practice,
      Canvas canvas,
      Checks checks,
      Patients patients,
      Standing standing,
      Holds holds,
      Rows rows,
      Queue<ChangeNotice> changes,
      AppointmentForm form,
      Attempts attempts,
      CareStates states,
      Limits limits,
      Clock clock) {
    this.practice = practice;
    this.canvas = canvas;
    this.checks = checks;
    this.patients = patients;
    this.standing = standing;
    this.holds = holds;
    this.rows = rows;
    this.changes = changes;
    this.form = form;
    this.attempts = attempts;
    this.states = states;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * @param seenBefore an earlier try may have created the appointment already
   * @throws UnavailableException if it is not known how it stands; a repeat settles it
   */
  Outcome bring(Wish wish, boolean seenBefore) {
    Optional<Appointment> created = seenBefore ? standing.find(wish) : Optional.empty();
    return created.map(found -> finish(wish, found)).orElseGet(() -> begin(wish));
  }

  private Outcome begin(Wish wish) {
    attempts.waitForEarlier(Attempts.ofBooking(wish.bookingId()));
    if (checks.isTooLate(wish.offered())) {
      release(wish); // an earlier try may have held it
      return new Rejected(ProblemType.SLOT_EXPIRED);
    }
    if (!hold(wish, Duration.ofSeconds(practice.holdSeconds()))) {
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    try {
      Outcome outcome = holding(wish);
      if (outcome instanceof Rejected) {
        release(wish);
      }
      return outcome;
    } catch (ProblemException e) {
      release(wish); // refused before anything was made
      throw e;
    }
  }

  private Outcome holding(Wish wish) {
    if (!checks.isLicensed(wish)) {
      return new Rejected(ProblemType.NOT_LICENSED);
    }
    boolean free = checks.isStillFree(wish.offered().slot(), wish.offered().place());
    // Not free may be our own doing: a create whose answer was lost.
    Optional<Appointment> created = standing.find(wish);
    if (created.isPresent()) {
      return finish(wish, created.get());
    }
    if (!free) {
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    refuseIfLate(wish);
    if (wish.signedIn().isEmpty()) {
      limits.ofContact(wish);
    }
    return wish.signedIn()
        .map(key -> patients.named(key, wish.request()))
        .orElseGet(() -> patients.find(wish.request()))
        .map(key -> create(wish, key))
        .orElseGet(() -> new Rejected(ProblemType.CALL_THE_CLINIC));
  }

  private Outcome create(Wish wish, String patient) {
    limits.ofPatient(wish, patient);
    consent(wish).write(wish.bookingId(), rows, clock);
    states.remember(wish.bookingId(), wish.request().patient().state());
    Appointment asked = form.of(wish, patient);
    refuseIfLate(wish);
    WriteOutcome outcome = canvas.create(asked);
    LOG.info("create", "outcome", outcome.getClass().getSimpleName());
    if (outcome instanceof WriteOutcome.Written written) {
      return finish(wish, asked.withId(written.id()));
    }
    if (outcome instanceof WriteOutcome.Refused refused) {
      LOG.error("create-refused", "status", refused.status(), "code", refused.code());
      return new Rejected(ProblemType.CALL_THE_CLINIC);
    }
    if (outcome instanceof WriteOutcome.Unknown unknown && !unknown.answered()) {
      attempts.unanswered(Attempts.ofBooking(wish.bookingId()));
    }
    Optional<Appointment> created = standing.find(wish);
    if (created.isPresent()) {
      return finish(wish, created.get());
    }
    if (outcome instanceof WriteOutcome.TimeTaken) {
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  /** What is left of this invocation has to be enough to learn what became of a create. */
  private void refuseIfLate(Wish wish) {
    if (clock.instant().isAfter(wish.begun().plus(CREATE_WITHIN))) {
      throw new UnavailableException("canvas", Duration.ofSeconds(3));
    }
  }

  /** The appointment exists: it stays unless somebody else has the time. */
  private Outcome finish(Wish wish, Appointment created) {
    String id = Objects.requireNonNull(created.id());
    LOG.put("appointment", id);
    if (!standing.mayStay(wish, created)) {
      release(wish);
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    hold(wish, kept());
    changes.send(
        ChangeNotice.of(id, "booked", wish.bookingId(), clock.instant(), wish.bookingId()));
    return new Booked(id);
  }

  /** No slot that was offered before is still good when the hold ends. */
  private Duration kept() {
    Duration offers = Duration.ofMinutes(practice.tokens().slotMinutes()).plus(BEYOND_OFFERS);
    return offers.compareTo(BOOKED_KEPT) > 0 ? offers : BOOKED_KEPT;
  }

  private boolean hold(Wish wish, Duration length) {
    return holds.hold(
        wish.offered().slot().practitioner(), wish.bookingId(), wish.offered().held(), length);
  }

  private void release(Wish wish) {
    holds.release(wish.offered().slot().practitioner(), wish.bookingId(), wish.offered().held());
  }

  private static Consent consent(Wish wish) {
    BookingRequest.Person person = wish.request().patient();
    return new Consent(
        person.consent().email(), person.consent().sms(), person.language(), person.timezone());
  }
}
