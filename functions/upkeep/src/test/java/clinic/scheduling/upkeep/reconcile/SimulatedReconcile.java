package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.effect.EntryLists;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.upkeep.Task;
import java.time.Clock;
import java.util.function.LongConsumer;

/**
 * Builds the real task for the simulation.
 *
 * @param pause waits for the given number of milliseconds
 */
public record SimulatedReconcile(
    Rows rows,
    Queue<ChangeNotice> changes,
    Calendars calendars,
    SignedTokens tokens,
    Practice practice,
    Clock clock,
    LongConsumer pause) {

  public Task on(
      Canvas canvas,
      DuplicateBooking duplicateBooking,
      VisitReader reader,
      EffectRunner effects,
      EntryLists lists,
      UntrackedEntries untracked) {
    return on(
        canvas, duplicateBooking, reader, effects, lists, untracked, new WithoutMetrics(clock));
  }

  Task on(
      Canvas canvas,
      DuplicateBooking duplicateBooking,
      VisitReader reader,
      EffectRunner effects,
      EntryLists lists,
      UntrackedEntries untracked,
      PublishCertificate publish) {
    UnsentChanges unsentChanges =
        new UnsentChanges(rows, reader, duplicateBooking, practice, clock);
    RetryReads retry = new RetryReads(pause::accept);
    DuplicateBookings duplicateBookings =
        new DuplicateBookings(duplicateBooking, canvas, retry, clock);
    TakeSnapshot takeSnapshot =
        new TakeSnapshot(
            new ReadVisits(canvas, reader, unsentChanges, retry, clock),
            reader,
            duplicateBookings,
            lists,
            effects,
            untracked,
            new ContentDigests(calendars, tokens),
            clock);
    ReconcileClinician reconcileClinician =
        new ReconcileClinician(
            takeSnapshot,
            new Repairs(untracked, duplicateBookings, changes, clock),
            unsentChanges,
            practice,
            publish);
    Backfill backfill = new Backfill(new BackfillStore(practice, rows, clock), reconcileClinician);
    return new Reconcile(
        practice, reconcileClinician, backfill, new ResumePoint(rows, clock), clock);
  }

  /** Prints no metrics, because the simulation makes thousands of runs. */
  private static final class WithoutMetrics extends PublishCertificate {
    private WithoutMetrics(Clock clock) {
      super(clock, () -> "RunUpkeep");
    }

    @Override
    void writeLine(String line) {}
  }
}
