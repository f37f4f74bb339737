package clinic.scheduling.sandbox.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * A series: a recurrence rule, its first start and its time zone (RFC 5545, section 3.3.10).
 *
 * <p>The rule applies to wall-clock time: an event at 09:00 stays at 09:00 when daylight saving
 * time begins or ends. A start that the clock leaves out is as much later as the clock moved, and
 * of two equal wall-clock times the first one counts (RFC 5545, section 3.3.5). Only starts that
 * match the rule belong to the series, and the first start counts only if it matches. Exceptions
 * and {@code EXDATE} are the caller's.
 */
public final class Recurrence {
  /** The largest number of starts in one window. */
  public static final int MOST_STARTS = 10_000;

  private final RecurrenceRule rule;
  private final LocalDateTime first;
  private final ZoneId zone;

  private Recurrence(RecurrenceRule rule, LocalDateTime first, ZoneId zone) {
    this.rule = rule;
    this.first = first;
    this.zone = zone;
  }

  /**
   * A series.
   *
   * @param rule the value of an RRULE, such as {@code FREQ=WEEKLY;BYDAY=TU,TH;COUNT=10}. Its {@code
   *     UNTIL} may be a date (that day counts), a local time, or a time in UTC.
   * @param first the earliest start in the zone; midnight for all-day events
   * @throws IllegalArgumentException if the rule is malformed or never gives a start
   */
  public static Recurrence of(String rule, LocalDateTime first, ZoneId zone) {
    try {
      RecurrenceRule read = new RecurrenceRule(rule, RecurrenceRule.RfcMode.RFC5545_STRICT);
      DateTime until = read.getUntil();
      if (until != null) {
        read.setUntil(floating(localUntil(until, zone)));
      }
      Recurrence series = new Recurrence(read, first, zone);
      if (!series.from(first).hasNext()) {
        throw new IllegalArgumentException("a rule without a start: " + rule);
      }
      return series;
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalArgumentException("not a recurrence rule: " + rule, e);
    }
  }

  /**
   * The starts from {@code from} (inclusive) to {@code to} (exclusive) in their order.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_STARTS}
   */
  public List<LocalDateTime> starts(Instant from, Instant to) {
    List<LocalDateTime> starts = new ArrayList<>();
    // One day earlier, because a start that the clock leaves out is later than it is written.
    RecurrenceRuleIterator all = from(LocalDateTime.ofInstant(from, zone).minusDays(1));
    while (all.hasNext()) {
      LocalDateTime start = local(all.nextDateTime());
      Instant instant = instant(start);
      if (!instant.isBefore(to)) {
        break;
      }
      if (!instant.isBefore(from)) {
        starts.add(start);
      }
      if (starts.size() > MOST_STARTS) {
        throw new IllegalArgumentException("more than " + MOST_STARTS + " starts in one window");
      }
    }
    return List.copyOf(starts);
  }

  /** Whether the rule gives this wall-clock start. */
  public boolean has(LocalDateTime start) {
    RecurrenceRuleIterator all = from(start);
    return all.hasNext() && local(all.nextDateTime()).equals(start);
  }

  /** The point in time of a wall-clock start. */
  public Instant instant(LocalDateTime start) {
    return start.atZone(zone).toInstant();
  }

  public ZoneId zone() {
    return zone;
  }

  /** All starts that are not before the wall-clock time. */
  private RecurrenceRuleIterator from(LocalDateTime time) {
    RecurrenceRuleIterator all = rule.iterator(floating(first));
    if (time.isAfter(first)) {
      all.fastForward(floating(time));
    }
    return all;
  }

  private static LocalDateTime localUntil(DateTime until, ZoneId zone) {
    if (until.isAllDay()) {
      return local(until).plusDays(1).minusSeconds(1);
    }
    return until.isFloating()
        ? local(until)
        : LocalDateTime.ofInstant(Instant.ofEpochMilli(until.getTimestamp()), zone);
  }

  /** The library counts months from 0, and a time without a zone is one that floats. */
  private static DateTime floating(LocalDateTime time) {
    return new DateTime(
        time.getYear(),
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private static LocalDateTime local(DateTime time) {
    return LocalDateTime.of(
        time.getYear(),
        time.getMonth() + 1,
        time.getDayOfMonth(),
        time.getHours(),
        time.getMinutes(),
        time.getSeconds());
  }
}
