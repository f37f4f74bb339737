package clinic.scheduling.calendarintake;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.Watch;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Notices of Google ({@code docs/facts/google.md} 4). A notice has headers only, and a body is
 * ignored. Google never repeats a notice that was answered with a status other than 500, 502, 503
 * or 504, so nothing but an unknown channel is refused.
 */
@Singleton
class GoogleNotices {
  private static final Log LOG = Log.of(GoogleNotices.class);
  private static final int LONGEST_RESOURCE_ID = 200;

  private final CalendarWatches watches;
  private final QueueCalendarChange queue;

  GoogleNotices(CalendarWatches watches, QueueCalendarChange queue) {
    this.watches = watches;
    this.queue = queue;
  }

  /**
   * Queues the calendar. The first notice of a channel ({@code sync}) does so too, because the
   * calendar may have changed before the channel was open.
   *
   * @return false if there is no channel with this id and this token
   */
  boolean receive(Request request) {
    Optional<Watch> watch =
        watches.withChannel(
            request.header("X-Goog-Channel-ID").orElse(""),
            request.header("X-Goog-Channel-Token").orElse(""));
    if (watch.isEmpty()) {
      LOG.warn("notice-refused", "provider", "google", "notices", 1);
      return false;
    }
    request
        .header("X-Goog-Resource-ID")
        .filter(id -> !id.isEmpty() && id.length() <= LONGEST_RESOURCE_ID)
        .ifPresent(id -> watches.heardOf(watch.get(), id));
    queue.queueOnce(watch.get().binding());
    return true;
  }
}
