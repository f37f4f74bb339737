package clinic.scheduling.sandbox.canvas;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An event of a Canvas availability calendar, in the local time of the location.
 *
 * @param practitioner empty for everyone
 * @param location empty for all locations
 * @param days the days of the week on which it recurs; empty if it happens on {@code date} only
 * @param to the end on the same day; midnight means the end of that day
 * @param types the visit types it applies to, as {@code system|code}; empty for all
 */
public record CalendarEvent(
    Kind kind,
    Optional<String> practitioner,
    Optional<Integer> location,
    Set<DayOfWeek> days,
    Optional<LocalDate> date,
    LocalTime from,
    LocalTime to,
    List<String> types) {

  /** How the event affects the slots. */
  public enum Kind {
    CLINIC,
    ADMIN,
    SAME_DAY_HOLD,
    NEXT_DAY_HOLD,
    BUSY
  }

  /** Open hours of one schedule that recur every week. */
  public static CalendarEvent weekly(
      ScheduleKey schedule, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    return new CalendarEvent(
        Kind.CLINIC,
        Optional.of(schedule.practitioner()),
        Optional.of(schedule.location()),
        days,
        Optional.empty(),
        from,
        to,
        List.of());
  }

  /** An event on one day only. */
  public static CalendarEvent on(
      Kind kind, ScheduleKey schedule, LocalDate date, LocalTime from, LocalTime to) {
    return new CalendarEvent(
        kind,
        Optional.of(schedule.practitioner()),
        Optional.of(schedule.location()),
        Set.of(),
        Optional.of(date),
        from,
        to,
        List.of());
  }

  public boolean concerns(ScheduleKey schedule) {
    return concerns(schedule.practitioner())
        && location.map(number -> number == schedule.location()).orElse(true);
  }

  public boolean concerns(String key) {
    return practitioner.map(key::equals).orElse(true);
  }

  public boolean isOn(LocalDate day) {
    return date.map(day::equals).orElse(days.contains(day.getDayOfWeek()));
  }

  /** Whether the event makes time unavailable on this day. */
  public boolean closes(LocalDate day, LocalDate today, boolean busyBlocks) {
    return switch (kind) {
      case CLINIC -> false;
      case ADMIN -> true;
      case SAME_DAY_HOLD -> today.isBefore(day);
      case NEXT_DAY_HOLD -> today.isBefore(day.minusDays(1));
      case BUSY -> busyBlocks;
    };
  }

  public boolean allows(Optional<String> type) {
    return types.isEmpty() || type.map(types::contains).orElse(true);
  }

  /**
   * When the event takes place on this day. A local time that a clock change skips moves forward.
   */
  public Interval interval(LocalDate day, ZoneId zone) {
    LocalDate last = to.equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
    return new Interval(
        day.atTime(from).atZone(zone).toInstant(), last.atTime(to).atZone(zone).toInstant());
  }
}
