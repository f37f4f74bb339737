package clinic.scheduling.calendarintake;

import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarWatches;
import java.time.Clock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Creates the real function with the given table, queue and clock, for the simulation. */
public final class SimulatedCalendarIntake {
  private SimulatedCalendarIntake() {}

  /**
   * @param wait waits for the given number of milliseconds
   */
  public static ReceiveCalendarNotice on(
      Rows rows,
      Queue<CalendarChange> queue,
      Supplier<Practice> practice,
      Clock clock,
      LongConsumer wait) {
    CalendarWatches watches = new CalendarWatches(rows, clock);
    QueueCalendarChange change =
        new QueueCalendarChange(
            new CalendarNotices(rows, clock),
            queue,
            new Holds(rows, clock),
            practice,
            clock,
            wait::accept);
    return new ReceiveCalendarNotice(
        new OutlookNotices(watches, change, clock), new GoogleNotices(watches, change));
  }
}
