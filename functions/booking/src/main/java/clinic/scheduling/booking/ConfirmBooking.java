package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Outcome.AlreadyBooked;
import clinic.scheduling.booking.Outcome.Booked;
import clinic.scheduling.booking.Outcome.Rejected;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.visit.BookingJournal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What follows once the appointment exists: it is read back, noted as staying and as promised, held
 * for as long as it could be offered to others, and announced. Each step may be repeated.
 */
@Singleton
class ConfirmBooking {
  /** How long a booked time stays ours beside Canvas, whose free times may lag behind. */
  private static final Duration BOOKED_KEPT = Duration.ofMinutes(10);

  private static final Duration BEYOND_OFFERS = Duration.ofMinutes(1);

  private final Practice practice;
  private final CanvasBookings standing;
  private final Created created;
  private final Stays stays;
  private final RecordPromise promised;
  private final Attempts attempts;
  private final Holds holds;
  private final TakeTime times;
  private final Queue<ChangeNotice> changes;
  private final Clock clock;

  ConfirmBooking(
      Practice practice,
      CanvasBookings standing,
      Created created,
      Stays stays,
      RecordPromise promised,
      Attempts attempts,
      Holds holds,
      TakeTime times,
      Queue<ChangeNotice> changes,
      Clock clock) {
    this.practice = practice;
    this.standing = standing;
    this.created = created;
    this.stays = stays;
    this.promised = promised;
    this.attempts = attempts;
    this.holds = holds;
    this.times = times;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * What became of an earlier try, where its slot can no longer be read: the practice has dropped
   * what it names. Nothing is created.
   */
  Outcome settle(String bookingId) {
    Optional<Appointment> made = created.find(bookingId);
    if (made.isEmpty()) {
      attempts.waitForEarlier(Attempts.ofBooking(bookingId));
    }
    return made.flatMap(
            one ->
                one.practitioner()
                    .flatMap(who -> one.time().map(time -> new RequestedTime(bookingId, who, time)))
                    .map(promise -> found(promise, one)))
        .orElseGet(() -> new Rejected(ProblemType.SLOT_EXPIRED));
  }

  /** An earlier try made it. If that try kept it as well, nothing may take it away any more. */
  Outcome found(RequestedTime promise, Appointment made) {
    Outcome outcome =
        stays.isNoted(staysKey(promise))
            ? keep(promise, made, false)
            : ifAlone(promise, made, false);
    return outcome instanceof Booked booked ? new AlreadyBooked(booked.appointment()) : outcome;
  }

  /** The appointment was made just now: it stays unless somebody else has the time. */
  Outcome ifAlone(RequestedTime promise, Appointment made) {
    return ifAlone(promise, made, true);
  }

  private Outcome ifAlone(RequestedTime promise, Appointment made, boolean justMade) {
    if (!standing.mayStay(promise, made)) {
      release(promise);
      return new Rejected(ProblemType.SLOT_TAKEN);
    }
    stays.note(staysKey(promise), true);
    return keep(promise, made, justMade);
  }

  /** What was made a while ago may have been elsewhere meanwhile. */
  private Outcome keep(RequestedTime promise, Appointment made, boolean justMade) {
    String id = Objects.requireNonNull(made.id());
    LOG.put("appointment", id);
    promised.of(made);
    if (CanvasBookings.isAt(promise, made)) {
      hold(promise, id, justMade);
    } else {
      release(promise);
    }
    String owner = promise.bookingId();
    changes.send(ChangeNotice.of(id, "booked", owner, clock.instant(), owner));
    return new Booked(id);
  }

  private static RowKey staysKey(RequestedTime promise) {
    return BookingJournal.stays(promise.bookingId());
  }

  /** No slot that was offered before is still good when the hold ends. */
  Duration kept() {
    Duration offers = Duration.ofMinutes(practice.tokens().slotMinutes()).plus(BEYOND_OFFERS);
    return offers.compareTo(BOOKED_KEPT) > 0 ? offers : BOOKED_KEPT;
  }

  boolean hold(RequestedTime promise, Duration length) {
    return times.take(promise.practitioner(), promise.bookingId(), promise.time(), length);
  }

  private void hold(RequestedTime promise, String id, boolean justMade) {
    String who = promise.practitioner();
    if (justMade) {
      holds.holdCreated(who, promise.bookingId(), promise.time(), kept(), id);
    } else {
      holds.hold(who, promise.bookingId(), promise.time(), kept(), id);
    }
  }

  void release(RequestedTime promise) {
    holds.release(promise.practitioner(), promise.bookingId(), promise.time());
  }
}
