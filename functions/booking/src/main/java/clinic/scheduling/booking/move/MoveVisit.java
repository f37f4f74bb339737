package clinic.scheduling.booking.move;

import clinic.scheduling.booking.request.CallTimes;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.booking.visit.AppointmentForm;
import clinic.scheduling.booking.visit.CanvasBookings;
import clinic.scheduling.booking.visit.ChangeRules;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.booking.visit.RequestedTime;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.booking.visit.Visits;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.BookingJournal.Origin;
import clinic.scheduling.core.visit.BookingJournal.Subject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves a visit. The methods of {@link Move} stand in the order of the steps: hold the new time;
 * check it; update the same Canvas appointment in place; read it back; confirm it, free the old
 * time and announce it; or roll it back. At no moment has the patient no time at all.
 *
 * <p>Whatever Canvas answers to an update, the visit is read again before anything else is done.
 */
@Singleton
class MoveVisit {
  private static final Log LOG = Log.of(MoveVisit.class);
  private static final int TRIES = 3;

  private final Canvas canvas;
  private final MoveRules rules;
  private final ChangeRules changeRules;
  private final TimeHolds holds;
  private final CanvasBookings bookings;
  private final BookingJournal journal;
  private final AppointmentForm form;
  private final Queue<ChangeNotice> changes;
  private final CallBudget budget;
  private final Clock clock;

  MoveVisit(
      Canvas canvas,
      MoveRules rules,
      ChangeRules changeRules,
      TimeHolds holds,
      CanvasBookings bookings,
      BookingJournal journal,
      AppointmentForm form,
      Queue<ChangeNotice> changes,
      CallBudget budget,
      Clock clock) {
    this.canvas = canvas;
    this.rules = rules;
    this.changeRules = changeRules;
    this.holds = holds;
    this.bookings = bookings;
    this.journal = journal;
    this.form = form;
    this.changes = changes;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * The outcome of a move.
   *
   * @param now the visit afterwards
   * @param changed whether this request moved it; false if it was there before
   */
  record Moved(Outcome outcome, VisitThread now, boolean changed) {}

  /**
   * @param request the row of the request
   * @param first the visit as it was read when the request came
   * @param mayHaveActed whether an earlier attempt may have got anywhere
   * @throws ProblemException if the visit cannot be moved
   * @throws UnavailableException if nobody knows whether it was moved; a repeat finds out
   */
  Moved move(RowKey request, VisitThread first, OfferedSlot slot, boolean mayHaveActed) {
    return new Move(request, first, slot).run(mayHaveActed);
  }

  /** How far this attempt, or an earlier one, may have got. */
  private enum Progress {
    NONE,
    HELD,
    PERHAPS_MOVED
  }

  /** One attempt at a move. */
  private final class Move {
    private final Subject subject;
    private final OfferedSlot slot;

    /** The visit as it was read last. */
    private VisitThread thread;

    private Progress progress = Progress.NONE;

    Move(RowKey request, VisitThread first, OfferedSlot slot) {
      this.subject = Subject.ofMove(request);
      this.slot = slot;
      this.thread = first;
    }

    Moved run(boolean mayHaveActed) {
      if (mayHaveActed && journal.isConfirmed(subject)) {
        readAgain();
        return finish(true);
      }
      if (isThere()) {
        readAgain(); // a read may lag behind, so what seems to be done is read twice
      }
      if (mayHaveActed) {
        progress = journal.origin(subject).isPresent() ? Progress.PERHAPS_MOVED : Progress.HELD;
      }
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Optional<Moved> moved = attempt(attempt == 0);
        if (moved.isPresent()) {
          return moved.get();
        }
        readAgain();
      }
      throw Visits.unknown();
    }

    /** Empty if the visit has to be read again. */
    private Optional<Moved> attempt(boolean first) {
      if (isThere()) {
        return Optional.of(readBack());
      }
      Optional<ProblemException> closed = changeRules.objectionToMoving(thread);
      if (closed.isPresent()) {
        return Optional.of(movedAfterAll().orElseThrow(closed::get));
      }
      Optional<ProblemType> objection = rules.objection(thread, slot);
      if (objection.isPresent()) {
        return Optional.of(reject(objection.get()));
      }
      budget.require(CallTimes.WRITE_AND_SEARCH);
      if (!holds.takeForMove(target())) {
        return Optional.of(reject(ProblemType.SLOT_TAKEN));
      }
      progress = progress == Progress.NONE ? Progress.HELD : progress;
      releaseFormerOrigin();
      journal.noteOrigin(subject, place());
      return update(first ? thread.seen().justBefore() : thread.seen().at());
    }

    /** {@link AfterUpdate} says what follows on each answer of Canvas. */
    private Optional<Moved> update(Instant unmodifiedSince) {
      Appointment moved =
          form.moved(
              thread.current(),
              slot.slot().time(),
              slot.slot().practitioner(),
              slot.place().canvasId());
      return canvas
          .update(thread.currentId(), moved, unmodifiedSince)
          .accept(new AfterUpdate(moved));
    }

    /** What follows on Canvas's answer to the update; empty if the visit has to be read again. */
    private final class AfterUpdate implements WriteOutcome.Visitor<Optional<Moved>> {
      private final Appointment moved;

      AfterUpdate(Appointment moved) {
        this.moved = moved;
      }

      @Override
      public Optional<Moved> written(WriteOutcome.Written outcome) {
        thread = thread.withWritten(moved);
        return Optional.of(readBack());
      }

      @Override
      public Optional<Moved> timeTaken(WriteOutcome.TimeTaken outcome) {
        return Optional.of(reject(ProblemType.SLOT_TAKEN));
      }

      @Override
      public Optional<Moved> refused(WriteOutcome.Refused outcome) {
        return Optional.of(movedAfterAll().orElseThrow(() -> changeRules.refusedBy(outcome)));
      }

      @Override
      public Optional<Moved> unknown(WriteOutcome.Unknown outcome) {
        journal.noteUnsettled(subject, outcome.mayLandWithin());
        progress = Progress.PERHAPS_MOVED;
        return Optional.empty();
      }

      @Override
      public Optional<Moved> changed(WriteOutcome.Changed outcome) {
        return Optional.empty();
      }

      @Override
      public Optional<Moved> absent(WriteOutcome.Absent outcome) {
        return Optional.empty();
      }
    }

    private Moved reject(ProblemType why) {
      return movedAfterAll().orElseGet(() -> rejected(why));
    }

    private Moved rejected(ProblemType why) {
      return new Moved(new Outcome.Rejected(why), thread, false);
    }

    /**
     * Before a move is refused for good. The new time may be taken by this very visit, so one that
     * may have moved is read again; it is refused only once no update of ours can still take
     * effect.
     *
     * @return empty if it has not moved: then what was held is given back
     */
    private Optional<Moved> movedAfterAll() {
      if (progress == Progress.NONE) {
        return Optional.empty(); // the new time may be held for another move of this visit
      }
      if (progress == Progress.PERHAPS_MOVED) {
        readAgain();
        if (isThere()) {
          return Optional.of(readBack());
        }
        journal.requireSettled(subject);
      }
      holds.release(target());
      releaseFormerOrigin();
      return Optional.empty();
    }

    /** The visit is at the new time; it stays unless another appointment has a part of it. */
    private Moved readBack() {
      boolean movedByUs = journal.origin(subject).isPresent();
      if (movedByUs && bookings.isOverlapped(target(), thread.current())) {
        rollBack();
        return rejected(ProblemType.SLOT_TAKEN);
      }
      journal.noteConfirmed(subject, movedByUs);
      return finish(movedByUs);
    }

    /** Frees the old time, goes on holding the new one, and announces the move. */
    private Moved finish(boolean changed) {
      releaseOrigin();
      // Staff may have moved it elsewhere since, and a late repeat may have read an old state.
      if (isThere() && holds.isHeld(target())) {
        holds.keep(target(), thread.currentId());
      }
      announce("moved");
      LOG.info("moved", "appointment", thread.currentId());
      return new Moved(new Outcome.Booked(thread.currentId()), thread, changed);
    }

    /** The visit returns to where it was. If that time is taken too, only the clinic can help. */
    private void rollBack() {
      Origin origin = journal.origin(subject).orElseThrow();
      RequestedTime before = holds.of(thread, origin.practitioner(), origin.time());
      if (!holds.takeForMove(before) || bookings.isOverlapped(before, thread.current())) {
        LOG.error("move-stuck", "appointment", thread.currentId());
        releaseOrigin();
        holds.keep(target(), thread.currentId());
        announce("moved");
        throw Problem.of(
                ProblemType.CALL_THE_CLINIC, "Please call the clinic: both times have been taken.")
            .asException();
      }
      returnTo(origin);
      holds.keep(before, thread.currentId());
      holds.release(target());
      announce("moved back");
    }

    /** Our own update has changed the appointment since it was read, so it is read again. */
    private void returnTo(Origin origin) {
      VisitThread now = Visits.read(thread.rootId(), canvas);
      if (!isThere(now)) {
        throw Visits.unknown();
      }
      Appointment back =
          form.moved(now.current(), origin.time(), origin.practitioner(), origin.location());
      if (!canvas.update(now.currentId(), back, now.seen().at()).isWritten()) {
        throw Visits.unknown();
      }
    }

    /** Whether the visit stands at the new time; a cancelled one stands nowhere. */
    private boolean isThere() {
      return isThere(thread);
    }

    private boolean isThere(VisitThread visit) {
      Appointment now = visit.current();
      return now.knownStatus().map(AppointmentStatus::occupiesTime).orElse(false)
          && Visits.timeOf(visit).equals(slot.slot().time())
          && now.practitioner().equals(Optional.of(slot.slot().practitioner()))
          && now.location().equals(Optional.of(slot.place().canvasId()));
    }

    private RequestedTime target() {
      return new RequestedTime(holds.owner(thread), slot.slot().practitioner(), slot.withBuffers());
    }

    /** Where the visit is now. */
    private Origin place() {
      return new Origin(
          Visits.timeOf(thread),
          thread.current().practitioner().orElse(""),
          thread.current().location().orElse(""));
    }

    private void releaseOrigin() {
      journal.origin(subject).ifPresent(this::release);
    }

    /** If the visit has moved since an earlier attempt, nobody else frees where it was then. */
    private void releaseFormerOrigin() {
      journal.origin(subject).filter(earlier -> !earlier.equals(place())).ifPresent(this::release);
    }

    private void release(Origin before) {
      holds.release(holds.of(thread, before.practitioner(), before.time()));
    }

    private void announce(String hint) {
      String owner = holds.owner(thread);
      changes.send(ChangeNotice.of(thread.currentId(), hint, owner, clock.instant(), owner));
    }

    private void readAgain() {
      thread = Visits.read(thread.rootId(), canvas);
    }
  }
}
