package clinic.scheduling.upkeep.watch;

import clinic.scheduling.calendaraccess.keys.SimulatedKeys;
import clinic.scheduling.calendars.effect.WatchCalls;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.upkeep.ResumePoint;
import clinic.scheduling.upkeep.Task;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/**
 * Builds the real tasks {@code renewals} and {@code polls}, for the simulation.
 *
 * @param api the public address of the API
 */
public record SimulatedWatchTasks(
    Rows rows,
    CalendarWatches watches,
    WatchCalls calls,
    Queue<CalendarChange> changes,
    Practice practice,
    URI api,
    Clock clock) {

  public Task renewals() {
    WatchAddress address = address();
    return new RenewWatches(
        new WatchedCalendars(practice, watches),
        renewCalendar(address),
        new StopStrays(watches, calls, address, clock),
        address,
        new ResumePoint(rows, clock),
        clock);
  }

  public Task polls() {
    return new PollCalendars(
        new WatchedCalendars(practice, watches),
        new MirroredCalendars(rows, clock),
        new CalendarNotices(rows, clock),
        watches,
        renewCalendar(address()),
        changes,
        rows,
        clock);
  }

  private RenewCalendar renewCalendar(WatchAddress address) {
    return new RenewCalendar(watches, calls, address, changes, clock);
  }

  /**
   * @param providers where both providers are
   */
  static WatchAddress address(URI api, URI providers) {
    return new WatchAddress(
        () -> api,
        SimulatedKeys.providers(
            Map.of(
                "GRAPH_URL", providers.toString(),
                "GRAPH_TOKEN_URL", providers.toString(),
                "GRAPH_CLIENT_ID", "simulation",
                "GRAPH_CLIENT_SECRET", "simulation",
                "GOOGLE_CALENDAR_URL", providers.toString(),
                "GOOGLE_TOKEN_URL", providers.toString(),
                "GOOGLE_SERVICE_ACCOUNT", "simulation")));
  }

  private WatchAddress address() {
    return address(api, api);
  }
}
