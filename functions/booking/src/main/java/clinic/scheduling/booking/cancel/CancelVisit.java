package clinic.scheduling.booking.cancel;

import clinic.scheduling.booking.request.CallTimes;
import clinic.scheduling.booking.visit.ChangeRules;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.booking.visit.Visits;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Cancels a visit. {@link Cancellation#run} makes up to three attempts, and reads the visit again
 * between them. An attempt has these steps: check whether the visit may still be cancelled; update
 * the Canvas appointment; free the time; announce it.
 *
 * <p>If staff change the visit in between, it is read again, so that their change is not
 * overwritten unseen. The first update names the second before our read: Canvas then refuses also
 * if the visit changed within the second of the read, and we look again
 * (docs/decisions/0013-how-a-booking-stays-one.md).
 */
@Singleton
class CancelVisit {
  private static final int TRIES = 3;

  private final Canvas canvas;
  private final ChangeRules rules;
  private final TimeHolds holds;
  private final Queue<ChangeNotice> changes;
  private final CallBudget budget;
  private final Clock clock;

  CancelVisit(
      Canvas canvas,
      ChangeRules rules,
      TimeHolds holds,
      Queue<ChangeNotice> changes,
      CallBudget budget,
      Clock clock) {
    this.canvas = canvas;
    this.rules = rules;
    this.holds = holds;
    this.changes = changes;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * The cancelled visit.
   *
   * @param byUs whether this call cancelled it, or may have
   */
  record Cancelled(VisitThread now, boolean byUs) {}

  /**
   * @param initial the visit as it was read when the request came
   * @throws ProblemException if it cannot be cancelled
   * @throws UnavailableException if nobody knows whether it was cancelled; a repeat finds out
   */
  Cancelled cancel(VisitThread initial) {
    return new Cancellation(initial).run();
  }

  /** One attempt at a cancellation. */
  private final class Cancellation {
    /** The visit as it was read last. */
    private VisitThread thread;

    /** Whether an update of ours that Canvas has not answered may have cancelled it. */
    private boolean mayBeCancelled;

    Cancellation(VisitThread initial) {
      this.thread = initial;
    }

    Cancelled run() {
      if (Visits.isGone(thread)) {
        readAgain(); // a read may lag behind, so a visit that seems cancelled is read twice
      }
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Optional<Cancelled> cancelled = attempt(attempt == 0);
        if (cancelled.isPresent()) {
          return cancelled.get();
        }
        readAgain();
      }
      throw Visits.unknown();
    }

    /** Empty if the visit has to be read again. */
    private Optional<Cancelled> attempt(boolean isFirst) {
      if (Visits.isGone(thread)) {
        return Optional.of(finish(mayBeCancelled));
      }
      Optional<ProblemException> objection = rules.objectionToCancelling(thread);
      if (objection.isPresent()) {
        // Our update may still take effect, so do not answer "not cancelled".
        throw mayBeCancelled
            ? new UnavailableException("canvas", Duration.ofSeconds(3), objection.get())
            : objection.get();
      }
      budget.require(CallTimes.WRITE_AND_SEARCH);
      Appointment cancelled = thread.current().cancelled();
      Instant unmodifiedSince = isFirst ? thread.seen().justBefore() : thread.seen().at();
      return canvas
          .update(thread.currentId(), cancelled, unmodifiedSince)
          .accept(new AfterUpdate(cancelled));
    }

    /** What follows on Canvas's answer to the update; empty if the visit has to be read again. */
    private final class AfterUpdate implements WriteOutcome.Visitor<Optional<Cancelled>> {
      private final Appointment cancelled;

      AfterUpdate(Appointment cancelled) {
        this.cancelled = cancelled;
      }

      @Override
      public Optional<Cancelled> written(WriteOutcome.Written outcome) {
        thread = thread.withWritten(cancelled);
        return Optional.of(finish(true));
      }

      @Override
      public Optional<Cancelled> refused(WriteOutcome.Refused outcome) {
        return resolveRefusal(outcome);
      }

      @Override
      public Optional<Cancelled> timeTaken(WriteOutcome.TimeTaken outcome) {
        return resolveRefusal(outcome);
      }

      @Override
      public Optional<Cancelled> unknown(WriteOutcome.Unknown outcome) {
        mayBeCancelled = true;
        return Optional.empty();
      }

      @Override
      public Optional<Cancelled> changed(WriteOutcome.Changed outcome) {
        return Optional.empty();
      }

      @Override
      public Optional<Cancelled> absent(WriteOutcome.Absent outcome) {
        return Optional.empty();
      }
    }

    /**
     * Canvas refuses because the visit is cancelled already, perhaps by our own unanswered update.
     */
    private Optional<Cancelled> resolveRefusal(WriteOutcome refusal) {
      if (!mayBeCancelled) {
        throw rules.refusedBy(refusal);
      }
      readAgain();
      if (!Visits.isGone(thread)) {
        throw Visits.unknown();
      }
      return Optional.of(finish(true));
    }

    private Cancelled finish(boolean byUs) {
      Interval time = Visits.timeOf(thread);
      thread
          .current()
          .practitioner()
          .map(who -> holds.of(thread, who, time))
          .ifPresent(holds::release);
      String owner = holds.owner(thread);
      changes.send(ChangeNotice.of(thread.currentId(), "cancelled", owner, clock.instant(), owner));
      return new Cancelled(thread, byUs);
    }

    private void readAgain() {
      thread = Visits.read(thread.rootId(), canvas);
    }
  }
}
