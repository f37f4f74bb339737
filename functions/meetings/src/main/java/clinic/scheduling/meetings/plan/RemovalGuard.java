package clinic.scheduling.meetings.plan;

import clinic.scheduling.calendaraccess.meeting.MeetingPolicy;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Reconciliation;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stops a round that would take too many meetings of one calendar away at once. A wrong answer of a
 * provider, or a mistake in the practice document, must not free a clinician's time. All instances
 * of one series count as one meeting.
 */
public final class RemovalGuard {
  private RemovalGuard() {}

  /**
   * @param before the meetings that blocked time before the round
   * @param after those that do after it
   * @param window the time that the round covers; meetings outside it do not count
   */
  public static boolean isTooMany(
      CalendarMeetings before, CalendarMeetings after, Interval window, Reconciliation limits) {
    Set<String> had = blocking(before, window);
    Set<String> has = blocking(after, window);
    long removed = had.stream().filter(one -> !has.contains(one)).count();
    return isTooMany(removed, had.size(), limits);
  }

  /** Whether {@code some} out of {@code all} are too many to be removed at once. */
  public static boolean isTooMany(long some, long all, Reconciliation limits) {
    return some > limits.fewRemovals()
        && (some > limits.mostRemovals() || some * 100 > limits.mostRemovalsPercent() * all);
  }

  private static Set<String> blocking(CalendarMeetings calendar, Interval window) {
    return blocking(calendar.meetings(), calendar, window);
  }

  private static Set<String> blocking(
      Collection<StoredMeeting> meetings, CalendarMeetings calendar, Interval window) {
    return meetings.stream()
        .filter(
            one ->
                MeetingPolicy.of(one.facts(), calendar.rules(), calendar.zone())
                    .time()
                    .filter(window::overlaps)
                    .isPresent())
        .map(StoredMeeting::unit)
        .collect(Collectors.toSet());
  }
}
