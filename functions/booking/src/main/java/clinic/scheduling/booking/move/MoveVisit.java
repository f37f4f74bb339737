package clinic.scheduling.booking.move;

import clinic.scheduling.booking.request.CallTimes;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.OfferedSlot;
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
 * them. The steps of an attempt are:
 *
 * <ol>
 *   <li>check whether the visit may be moved, and whether it may be moved to this slot;
 *   <li>hold the new time;
 *   <li>note in the journal where the visit is now;
 *   <li>update the Canvas appointment in place, so that it keeps its id;
 *   <li>read the clinician's other appointments, and roll the move back if one of them overlaps the
 *       new time;
 *   <li>otherwise confirm the move in the journal, release the hold on the old time, and send a
 *       change notice.
 * </ol>
 *
 * <p>If we do not know whether an update took effect, we read the visit again before we do anything
 * else. Before a move is refused, {@link Move#resolveEarlierUpdate} checks whether an earlier
 * update has moved the visit. If one has, the attempt continues with the fifth step. As long as an
 * earlier update may still take effect, the move is not refused.
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
  private final MovedAppointment form;
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
      MovedAppointment form,
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
   * @param now the visit as we read or wrote it last
   * @param mayHaveChanged whether this request moved the visit; false if the move was rejected, or
   *     if the visit was at the new time already
   */
  record Moved(Outcome outcome, VisitThread now, boolean mayHaveChanged)
      implements Idempotency.Result {
    @Override
    public String text() {
      return outcome.text();
    }
  }

  /**
   * @param request the ledger row of the request
   * @param initial the visit as it was read when the request came
   * @param mayHaveActed whether an earlier attempt may have changed anything
   * @throws ProblemException if the visit cannot be moved
   * @throws UnavailableException if we do not know whether the visit was moved; a repeat of the
   *     request finds out
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

  /** The move of one visit, with all its attempts. */
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
        readAgain(); // the first read may show an old state of the visit
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

    /** Makes one attempt. Empty if the visit has to be read again. */
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

    /** Updates the appointment. {@link AfterUpdate} handles each answer of Canvas. */
    private Optional<Moved> update(Instant unmodifiedSince) {
      Appointment moved =
          form.of(
              thread.current(),
              slot.slot().time(),
              slot.slot().practitioner(),
              slot.place().canvasId());
      return canvas
          .update(thread.currentId(), moved, unmodifiedSince)
          .accept(new AfterUpdate(moved));
    }

    /** Handles each answer of Canvas to the update. Empty if the visit has to be read again. */
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
     * Has to be called before a move is refused. If an earlier update of ours may have moved the
     * visit, this reads the visit again. If the visit is at the new time, this confirms the move or
     * rolls it back. If it is not, the move may be refused only when no update of ours can still
     * take effect.
     *
     * @return the result of the earlier update; empty if the visit has not moved, and then the
     *     times that this request held are released
     * @throws UnavailableException as long as an update of ours may still take effect
     */
    private Optional<Moved> resolveEarlierUpdate() {
      if (progress == Progress.NONE) {
        // This request holds no time, but another move of the visit may. So release nothing.
        return Optional.empty();
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
     * Confirms the move of a visit that is at the new time. Rolls the move back instead if it was
     * ours and another appointment overlaps the new time.
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

    /**
     * Releases the hold on the old time, keeps the hold on the new time, and sends a change notice.
     */
    private Moved finish(boolean changed) {
      releaseOrigin();
      // Staff may have moved the visit since, and a late repeat may have read an older state of it.
      // So the hold is kept only if it still exists.
      if (isAtTarget() && holds.isHeld(target())) {
        holds.keep(target(), thread.currentId());
      }
      announce("moved");
      LOG.info("moved", "appointment", thread.currentId());
      return new Moved(new Outcome.Booked(thread.currentId()), thread, changed);
    }

    /**
     * Moves the visit back to where it was. If that time has been taken meanwhile, the visit stays
     * at the new time, and the patient has to call the clinic.
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
     * Updates the appointment to where the visit was before. Reads the appointment again first,
     * since our own update has changed the time of its last change.
     */
    private void returnTo(Origin origin) {
      VisitThread now = Visits.read(thread.rootId(), canvas);
      if (!isAtTarget(now)) {
        throw Visits.unknown();
      }
      Appointment back =
          form.of(now.current(), origin.time(), origin.practitioner(), origin.location());
      if (!canvas.update(now.currentId(), back, now.seen().at()).isWritten()) {
        throw Visits.unknown();
      }
    }

    /**
     * Whether the visit has the time, the clinician and the place of the slot. False if it was
     * cancelled.
     */
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

    /** The time, the clinician and the place of the visit now. */
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
     * If the visit has moved since an earlier attempt, releases the hold on the time that the visit
     * had then. Nothing else would release that hold.
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
