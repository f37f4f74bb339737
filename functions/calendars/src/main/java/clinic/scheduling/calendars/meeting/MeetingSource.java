package clinic.scheduling.calendars.meeting;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.time.Duration;

/**
 * The port through which we read the meetings of one provider's calendars. It only reads. We never
 * change what a person has put into a calendar. It returns every outcome as a value, and does not
 * sleep when the provider asks us to retry later.
 *
 * <p>A round reads at most {@link #MOST_INSTANCES} instances in the window, and at most {@link
 * #MOST_OF_A_SERIES} of one series, because a recurring meeting may have no end.
 */
public interface MeetingSource {

  /** The most instances that a calendar may have in the window. */
  int MOST_INSTANCES = 4_000;

  /** The most instances that one series may have in the window. */
  int MOST_OF_A_SERIES = 800;

  /**
   * How long a round may take. No request begins later, so a round ends some seconds after it at
   * the latest. A longer round is {@code Unreadable}. It is long enough for {@link #MOST_INSTANCES}
   * at half a second for each request.
   */
  Duration LONGEST_ROUND = Duration.ofSeconds(40);

  Provider provider();

  /**
   * Reads all meetings that overlap the window. The cursor of the answer is for {@link
   * #changesSince} with the same window.
   */
  MeetingRound readAll(String mailbox, Interval window);

  /**
   * Reads what has changed since the round that returned the cursor.
   *
   * @param window the window of that round; changes outside it are {@link MeetingChange.Removed}
   * @param cursor the cursor, as that round returned it
   */
  MeetingRound changesSince(String mailbox, Interval window, String cursor);
}
