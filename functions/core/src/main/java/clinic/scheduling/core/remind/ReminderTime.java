package clinic.scheduling.core.remind;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.ReminderStep;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * When a reminder is due. Whole days are counted on the calendar of the place, so that a change of
 * daylight saving between reminder and visit moves nothing: the reminder of a visit at 9:00 is due
 * at 9:00. The rest is counted in real minutes.
 */
public final class ReminderTime {
  private static final Duration LEAST_GRACE = Duration.ofMinutes(15);
  private static final Duration MOST_GRACE = Duration.ofHours(24);

  /** By how much a day of the calendar may differ from 24 hours, with room for odd zones. */
  private static final Duration SHIFT = Duration.ofHours(3);

  private ReminderTime() {}

  public static Instant due(ReminderStep step, Instant start, ZoneId place) {
    long days = step.before().toDays();
    Duration rest = step.before().minusDays(days);
    return start.minus(rest).atZone(place).minusDays(days).toInstant();
  }

  /** How late a reminder may still go out: a quarter of its lead, at most a day. */
  public static Duration grace(ReminderStep step) {
    Duration quarter = step.before().dividedBy(4);
    Duration most = quarter.compareTo(MOST_GRACE) > 0 ? MOST_GRACE : quarter;
    return most.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : most;
  }

  /**
   * In which stretch all visits start whose reminder falls due in the other one, and a few more.
   */
  public static Interval starts(ReminderStep step, Interval due) {
    return new Interval(
        due.start().plus(step.before()).minus(SHIFT), due.end().plus(step.before()).plus(SHIFT));
  }
}
