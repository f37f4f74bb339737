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
 * What the task stands on, for the simulation.
 *
 * @param pause lets so many milliseconds pass
 */
public record SimulatedReconcile(
    Rows rows,
    Queue<ChangeNotice> changes,
    Calendars calendars,
    SignedTokens tokens,
    Practice practice,
    Clock clock,
    LongConsumer pause) {

  /** The real task. */
  public Task on(
      Canvas canvas,
      DuplicateBooking twice,
      VisitReader reader,
      EffectRunner keeper,
      EntryLists lists,
      UntrackedEntries strays) {
    return on(canvas, twice, reader, keeper, lists, strays, new QuietMeter());
  }

  Task on(
      Canvas canvas,
      DuplicateBooking twice,
      VisitReader reader,
      EffectRunner keeper,
      EntryLists lists,
      UntrackedEntries strays,
      MetricLog meter) {
    ContentDigests prints = new ContentDigests(calendars, tokens);
    UnsentChanges untold = new UnsentChanges(rows, reader, twice, practice, clock);
    RetryReads patience = new RetryReads(pause::accept);
    DuplicateBookings doubles = new DuplicateBookings(twice, canvas, patience, clock);
    TakeSnapshot survey =
        new TakeSnapshot(
            new ExpectedVisits(canvas, reader, untold, prints, patience, clock),
            doubles,
            lists,
            keeper,
            strays,
            prints,
            clock);
    ReconcileClinician certify =
        new ReconcileClinician(
            survey,
            new Repairs(strays, doubles, changes, clock),
            untold,
            practice,
            meter,
            clock,
            () -> "RunUpkeep");
    Backfill furtherDays = new Backfill(new BackfillStore(practice, rows, clock), certify);
    return new Reconcile(practice, certify, furtherDays, new ResumePoint(rows, clock), clock);
  }

  /** A thousand runs would write a thousand lines. */
  private static final class QuietMeter extends MetricLog {
    @Override
    void write(String line) {}
  }
}
