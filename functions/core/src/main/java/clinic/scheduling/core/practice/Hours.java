package clinic.scheduling.core.practice;

import java.time.DayOfWeek;
import java.util.Set;

/**
 * Hours of the week, on the clock on the wall of the place that they belong to.
 *
 * @param fromMinute minutes after midnight, inclusive
 * @param toMinute minutes after midnight, exclusive; 1440 is the end of the day
 */
public record Hours(Set<DayOfWeek> days, int fromMinute, int toMinute) {}
