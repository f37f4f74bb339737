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
 * between them. The steps of an attempt are:
 *
 * <ol>
 *   <li>check whether the visit may still be cancelled;
 *   <li>update the Canvas appointment;
 *   <li>release the hold on the time of the visit;
 *   <li>send a change notice.
 * </ol>
 *
 * <p>If staff change the visit between our read and our update, Canvas refuses the update. We then
 * read the visit again, so that we do not overwrite a change that we have not seen. {@code
 * If-Unmodified-Since} has whole seconds only. So the first update names the second before our
 * read: Canvas then also refuses if the visit changed within the second of our read
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
   * @param now the visit after the cancellation
   * @param byUs whether this call cancelled the visit, or may have cancelled it
   */
  record Cancelled(VisitThread now, boolean byUs) {}

  /**
   * @param initial the visit as it was read when the request came
   * @throws ProblemException if the visit cannot be cancelled
   * @throws UnavailableException if we do not know whether the visit was cancelled; a repeat of the
   *     request finds out
   */
  Cancelled cancel(VisitThread initial) {
    return new Cancellation(initial).run();
  }

  /** The cancellation of one visit, with all its attempts. */
  private final class Cancellation {
    /** The visit as it was read last. */
    private VisitThread thread;

    /** Whether Canvas left an update of ours unanswered, so that the visit may be cancelled. */
    private boolean mayBeCancelled;

    Cancellation(VisitThread initial) {
      this.thread = initial;
    }

    Cancelled run() {
      if (Visits.isGone(thread)) {
        readAgain(); // the first read may show an old state of the visit
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

    /** Makes one attempt. Empty if the visit has to be read again. */
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

    /** Handles each answer of Canvas to the update. Empty if the visit has to be read again. */
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
     * Handles an update that Canvas refuses. If Canvas left an earlier update of ours unanswered,
     * that update may have cancelled the visit, so we read the visit again. Otherwise the refusal
     * is final.
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
