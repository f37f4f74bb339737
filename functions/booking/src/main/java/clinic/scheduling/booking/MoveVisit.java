package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Idempotency.Settled;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Moves a visit: hold the new time, update the same Canvas appointment in place, read back, free
 * the old time. Whatever an update answered, the visit is read again before anything else is done.
 */
@Singleton
class MoveVisit {
  private static final int TRIES = 3;

  private final Canvas canvas;
  private final MoveRules moves;
  private final MoveHolds times;
  private final ChangeRules changes;
  private final CanvasBookings standing;
  private final Stays stays;
  private final RollBackMove wayBack;
  private final AppointmentForm form;
  private final Attempts attempts;
  private final CallBudget time;

  MoveVisit(
      Canvas canvas,
      MoveRules moves,
      MoveHolds times,
      ChangeRules changes,
      CanvasBookings standing,
      Stays stays,
      RollBackMove wayBack,
      AppointmentForm form,
      Attempts attempts,
      CallBudget time) {
    this.canvas = canvas;
    this.moves = moves;
    this.times = times;
    this.changes = changes;
    this.standing = standing;
    this.stays = stays;
    this.wayBack = wayBack;
    this.form = form;
    this.attempts = attempts;
    this.time = time;
  }

  /**
   * What became of a move.
   *
   * @param now the visit afterwards
   * @param changed whether it was moved for this request; not if it was there before
   */
  record Moved(Outcome outcome, VisitThread now, boolean changed) {
    Settled settled() {
      return changed ? Settled.kept(outcome.text()) : Settled.unchanged(outcome.text());
    }
  }

  /** How far this move, or an earlier try of it, may have got. */
  private enum Reach {
    NOTHING,
    HELD,
    PERHAPS_MOVED
  }

  /**
   * @param first the visit as it was read when the request came
   * @param seenBefore an earlier try may have got anywhere
   * @throws UnavailableException if it is not known how it stands; a repeat settles it
   */
  Moved bring(Move move, VisitThread first, boolean seenBefore) {
    if (seenBefore && stays.isNoted(Stays.of(move.name()))) {
      return announced(move, again(move), true);
    }
    // What seems to be done already is looked at twice: a read may lag behind.
    VisitThread thread = move.isDone(first) ? again(move) : first;
    Reach reach = seenBefore ? reachOfEarlier(move) : Reach.NOTHING;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (move.isDone(thread)) {
        return readBack(move, thread);
      }
      Optional<ProblemException> closed = closed(thread);
      if (closed.isPresent()) {
        return refused(move, thread, reach, now -> refusal(closed.get()));
      }
      Optional<ProblemType> objection = moves.objection(thread, move.slot());
      if (objection.isPresent()) {
        return refused(move, thread, reach, now -> rejected(objection.get(), now));
      }
      time.require(BookAppointment.SETTLING);
      if (!times.hold(move, thread)) {
        return refused(move, thread, reach, now -> rejected(ProblemType.SLOT_TAKEN, now));
      }
      reach = reach == Reach.NOTHING ? Reach.HELD : reach;
      times.leaving(move, thread);
      Appointment moved = moved(move, thread);
      Versioned<Appointment> seen = thread.seen();
      WriteOutcome outcome =
          canvas.update(thread.currentId(), moved, attempt == 0 ? seen.justBefore() : seen.at());
      if (outcome instanceof WriteOutcome.Written) {
        return readBack(move, thread.after(moved));
      }
      if (outcome instanceof WriteOutcome.TimeTaken) {
        return refused(move, thread, reach, now -> rejected(ProblemType.SLOT_TAKEN, now));
      }
      if (outcome instanceof WriteOutcome.Refused) {
        return refused(move, thread, reach, now -> refusal(changes.callTheClinic(outcome)));
      }
      if (outcome instanceof WriteOutcome.Unknown unknown) {
        attempts.unsettled(Attempts.ofMove(move.name()), unknown);
        reach = Reach.PERHAPS_MOVED;
      }
      thread = again(move);
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  /**
   * The new time may look taken because it is taken by this very visit: what may have moved is read
   * again, and refused for good only when no update of ours can be on its way any more.
   *
   * @param refusal what is answered about the visit as it stands
   */
  private Moved refused(
      Move move, VisitThread thread, Reach reach, Function<VisitThread, Moved> refusal) {
    if (reach != Reach.PERHAPS_MOVED) {
      giveBack(move, thread, reach);
      return refusal.apply(thread);
    }
    VisitThread now = again(move);
    if (move.isDone(now)) {
      return readBack(move, now);
    }
    attempts.waitForEarlier(Attempts.ofMove(move.name()));
    times.giveBack(move, now);
    return refusal.apply(now);
  }

  /** Why the visit cannot be moved at all; empty if it can. */
  private Optional<ProblemException> closed(VisitThread thread) {
    try {
      changes.refuseUnlessMovable(thread);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e);
    }
  }

  private static Moved refusal(ProblemException problem) {
    throw problem;
  }

  /** What this move never held may be held by another one of the same visit. */
  private void giveBack(Move move, VisitThread thread, Reach reach) {
    if (reach != Reach.NOTHING) {
      times.giveBack(move, thread);
    }
  }

  private Reach reachOfEarlier(Move move) {
    return times.origin(move).isPresent() ? Reach.PERHAPS_MOVED : Reach.HELD;
  }

  /** The visit is at the new time: it stays unless somebody else has it. */
  private Moved readBack(Move move, VisitThread now) {
    boolean movedByUs = times.origin(move).isPresent();
    if (movedByUs
        && standing.isOverlapped(
            move.slot().slot().practitioner(), move.slot().held(), now.current())) {
      wayBack.take(move, now);
      return rejected(ProblemType.SLOT_TAKEN, now);
    }
    stays.note(Stays.of(move.name()), movedByUs);
    return announced(move, now, movedByUs);
  }

  /** Where staff have taken the visit since is not ours to hold. */
  private Moved announced(Move move, VisitThread now, boolean changed) {
    times.releaseOrigin(move, now);
    if (move.isDone(now)) {
      times.renew(move, now);
    }
    changes.announce(now, "moved");
    LOG.info("moved", "appointment", now.currentId());
    return new Moved(new Outcome.Booked(now.currentId()), now, changed);
  }

  private static Moved rejected(ProblemType why, VisitThread now) {
    return new Moved(new Outcome.Rejected(why), now, false);
  }

  private Appointment moved(Move move, VisitThread thread) {
    return form.moved(
        thread.current(),
        move.slot().slot().time(),
        move.slot().slot().practitioner(),
        move.slot().place().canvasId());
  }

  private VisitThread again(Move move) {
    return CompleteThread.of(move.root(), canvas)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(3)));
  }
}
