package clinic.scheduling.core.remind;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.ReminderStep;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;

/**
 * When a reminder is due. Whole days are counted on the local calendar of the place: a reminder two
 * days before a visit at 9:00 is due at 9:00 local time, even if the clocks change in between. A
 * remainder of less than a day is counted in elapsed minutes.
 */
public final class ReminderTime {
  private static final Duration LEAST_GRACE = Duration.ofMinutes(15);
  private static final Duration MOST_GRACE = Duration.ofHours(24);

  /** How much a local day may differ from 24 hours, with room for unusual zones. */
  private static final Duration SHIFT = Duration.ofHours(3);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private ReminderTime() {}

  public static Instant due(ReminderStep step, Instant start, ZoneId place) {
    long days = step.before().toDays();
    Duration rest = step.before().minusDays(days);
    return start.minus(rest).atZone(place).minusDays(days).toInstant();
  }

  /**
   * How late a reminder may still be sent: a quarter of the time between the reminder and the
   * visit, but at least 15 minutes and at most a day.
   */
  public static Duration grace(ReminderStep step) {
    Duration quarter = step.before().dividedBy(4);
    Duration most = quarter.compareTo(MOST_GRACE) > 0 ? MOST_GRACE : quarter;
    return most.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : most;
  }

  /**
   * An interval that contains the starts of all visits whose reminder is due in {@code due}. It is
   * a minute wider on each side than it has to be. Around a change of daylight saving, it is three
   * more hours wider on each side.
   *
   * @param places the time zones of all locations
   */
  public static Interval starts(ReminderStep step, Interval due, Collection<ZoneId> places) {
    Instant from = earliest(step, due.start(), places).minus(MINUTE);
    Instant to = latest(step, due.end(), places).plus(MINUTE);
    boolean isNearChange =
        places.stream().anyMatch(zone -> changes(zone, due.start()) || changes(zone, from));
    return isNearChange ? new Interval(from.minus(SHIFT), to.plus(SHIFT)) : new Interval(from, to);
  }

  private static Instant earliest(ReminderStep step, Instant due, Collection<ZoneId> places) {
    return places.stream()
        .map(zone -> start(step, due, zone))
        .reduce((a, b) -> a.isBefore(b) ? a : b)
        .orElse(due.plus(step.before()));
  }

  private static Instant latest(ReminderStep step, Instant due, Collection<ZoneId> places) {
    return places.stream()
        .map(zone -> start(step, due, zone))
        .reduce((a, b) -> a.isBefore(b) ? b : a)
        .orElse(due.plus(step.before()));
  }

  private static Instant start(ReminderStep step, Instant due, ZoneId place) {
    long days = step.before().toDays();
    return due.atZone(place).plusDays(days).toInstant().plus(step.before().minusDays(days));
  }

  private static boolean changes(ZoneId zone, Instant at) {
    return Optional.ofNullable(zone.getRules().nextTransition(at.minus(DAY)))
        .filter(change -> change.getInstant().isBefore(at.plus(DAY)))
        .isPresent();
  }
}
