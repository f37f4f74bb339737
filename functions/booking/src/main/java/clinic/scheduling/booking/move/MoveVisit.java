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
 * Moves a visit. {@link Move#run} makes up to three attempts, and reads the visit again between
 * them. An attempt has these steps: check whether the visit may be moved, and to this slot; hold
 * the new time; note where the visit is now; update the same Canvas appointment in place; read the
 * clinician's other appointments; confirm the move, free the old time and announce it. If another
 * appointment overlaps the new time, the move is rolled back instead. The patient always keeps at
 * least one time.
 *
 * <p>If it is not clear whether an update took effect, the visit is read again before anything else
 * is done. Before a move is refused, {@link Move#resolveEarlierUpdate} looks whether an earlier
 * update has moved the visit; then the move has succeeded. As long as an update may still take
 * effect, nothing is refused.
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
   * @param changed whether this request moved the visit; false if it was at the new time already
   */
  record Moved(Outcome outcome, VisitThread now, boolean changed) {}

  /**
   * @param request the row of the request
   * @param initial the visit as it was read when the request came
   * @param mayHaveActed whether an earlier attempt may have changed anything
   * @throws ProblemException if the visit cannot be moved
   * @throws UnavailableException if nobody knows whether it was moved; a repeat finds out
   */
  Moved move(RowKey request, VisitThread initial, OfferedSlot slot, boolean mayHaveActed) {
    return new Move(request, initial, slot).run(mayHaveActed);
  }

  /** The furthest step that this attempt, or an earlier one, may have reached. */
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

    Move(RowKey request, VisitThread initial, OfferedSlot slot) {
      this.subject = Subject.ofMove(request);
      this.slot = slot;
      this.thread = initial;
    }

    Moved run(boolean mayHaveActed) {
      if (mayHaveActed && journal.isConfirmed(subject)) {
        readAgain();
        return finish(true);
      }
      if (isAtTarget()) {
        readAgain(); // a read may lag behind, so a visit that seems to have moved is read twice
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
    private Optional<Moved> attempt(boolean isFirst) {
      if (isAtTarget()) {
        return Optional.of(confirmOrRollBack());
      }
      Optional<ProblemException> closed = changeRules.objectionToMoving(thread);
      if (closed.isPresent()) {
        return Optional.of(resolveEarlierUpdate().orElseThrow(closed::get));
      }
      Optional<ProblemType> objection = rules.objection(thread, slot);
      if (objection.isPresent()) {
        return Optional.of(rejectUnlessMoved(objection.get()));
      }
      budget.require(CallTimes.WRITE_AND_SEARCH);
      if (!holds.takeForMove(target())) {
        return Optional.of(rejectUnlessMoved(ProblemType.SLOT_TAKEN));
      }
      progress = progress == Progress.NONE ? Progress.HELD : progress;
      releaseFormerOrigin();
      journal.noteOrigin(subject, currentOrigin());
      return update(isFirst ? thread.seen().justBefore() : thread.seen().at());
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
        return Optional.of(confirmOrRollBack());
      }

      @Override
      public Optional<Moved> timeTaken(WriteOutcome.TimeTaken outcome) {
        return Optional.of(rejectUnlessMoved(ProblemType.SLOT_TAKEN));
      }

      @Override
      public Optional<Moved> refused(WriteOutcome.Refused outcome) {
        return Optional.of(
            resolveEarlierUpdate().orElseThrow(() -> changeRules.refusedBy(outcome)));
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

    private Moved rejectUnlessMoved(ProblemType why) {
      return resolveEarlierUpdate().orElseGet(() -> rejected(why));
    }

    private Moved rejected(ProblemType why) {
      return new Moved(new Outcome.Rejected(why), thread, false);
    }

    /**
     * Comes before a final refusal. If an update of ours may have moved the visit, the visit is
     * read again: at the new time, the move has succeeded after all. Otherwise it is refused only
     * when no update of ours can still take effect.
     *
     * @return empty if the visit has not moved; what this request held is released then
     */
    private Optional<Moved> resolveEarlierUpdate() {
      if (progress == Progress.NONE) {
        return Optional.empty(); // the new time may be held for another move: release nothing
      }
      if (progress == Progress.PERHAPS_MOVED) {
        readAgain();
        if (isAtTarget()) {
          return Optional.of(confirmOrRollBack());
        }
        journal.requireSettled(subject);
      }
      holds.release(target());
      releaseFormerOrigin();
      return Optional.empty();
    }

    /**
     * Confirms the move of a visit that is at the new time, or rolls it back if another appointment
     * overlaps.
     */
    private Moved confirmOrRollBack() {
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
      // Staff may have moved the visit since, or this is a late repeat that has read an old state.
      if (isAtTarget() && holds.isHeld(target())) {
        holds.keep(target(), thread.currentId());
      }
      announce("moved");
      LOG.info("moved", "appointment", thread.currentId());
      return new Moved(new Outcome.Booked(thread.currentId()), thread, changed);
    }

    /**
     * Moves the visit back to where it was. If that time is taken too, only the clinic can help.
     */
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

    /**
     * Updates the appointment back. It is read again first, since our own update has changed it.
     */
    private void returnTo(Origin origin) {
      VisitThread now = Visits.read(thread.rootId(), canvas);
      if (!isAtTarget(now)) {
        throw Visits.unknown();
      }
      Appointment back =
          form.moved(now.current(), origin.time(), origin.practitioner(), origin.location());
      if (!canvas.update(now.currentId(), back, now.seen().at()).isWritten()) {
        throw Visits.unknown();
      }
    }

    /** Whether the visit is at the new time; false if it was cancelled. */
    private boolean isAtTarget() {
      return isAtTarget(thread);
    }

    private boolean isAtTarget(VisitThread visit) {
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
    private Origin currentOrigin() {
      return new Origin(
          Visits.timeOf(thread),
          thread.current().practitioner().orElse(""),
          thread.current().location().orElse(""));
    }

    private void releaseOrigin() {
      journal.origin(subject).ifPresent(this::release);
    }

    /**
     * If the visit has moved since an earlier attempt, releases the time that it had then. Nothing
     * else would release it.
     */
    private void releaseFormerOrigin() {
      journal
          .origin(subject)
          .filter(earlier -> !earlier.equals(currentOrigin()))
          .ifPresent(this::release);
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
