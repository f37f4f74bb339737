package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.calendars.keep.EntryKeeper;
import clinic.scheduling.calendars.keep.EntryLists;
import clinic.scheduling.calendars.keep.Strays;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.TwiceBooked;
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
      TwiceBooked twice,
      VisitReader reader,
      EntryKeeper keeper,
      EntryLists lists,
      Strays strays) {
    return on(canvas, twice, reader, keeper, lists, strays, new QuietMeter());
  }

  Task on(
      Canvas canvas,
      TwiceBooked twice,
      VisitReader reader,
      EntryKeeper keeper,
      EntryLists lists,
      Strays strays,
      Meter meter) {
    Prints prints = new Prints(calendars, tokens);
    Untold untold = new Untold(rows, reader, twice, practice, clock);
    Patience patience = new Patience(pause::accept);
    Doubles doubles = new Doubles(twice, canvas, patience, clock);
    Survey survey =
        new Survey(
            new Visits(canvas, reader, untold, prints, patience, clock),
            doubles,
            lists,
            keeper,
            strays,
            prints,
            clock);
    Certify certify =
        new Certify(
            survey,
            new Repairs(strays, doubles, changes, clock),
            untold,
            practice,
            meter,
            clock,
            "RunUpkeep");
    FurtherDays furtherDays = new FurtherDays(new Rounds(practice, rows, clock), certify);
    return new Reconcile(practice, certify, furtherDays, new Cursor(rows, clock), clock);
  }

  /** A thousand runs would write a thousand lines. */
  private static final class QuietMeter extends Meter {
    @Override
    void write(String line) {}
  }
}
