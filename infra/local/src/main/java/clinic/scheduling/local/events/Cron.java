package clinic.scheduling.local.events;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code cron(minutes hours * * ? *)} of EventBridge, in UTC: every day at these times. It does not
 * support schedules for certain days.
 *
 * @param minutes of the hour, 0 to 59
 * @param hours of the day, 0 to 23
 */
record Cron(SortedSet<Integer> minutes, SortedSet<Integer> hours) {
  private static final Pattern EVERY_DAY =
      Pattern.compile("cron\\((\\S+) (\\S+) [*?] \\* [*?] \\*\\)");
  private static final Pattern PART =
      Pattern.compile("(\\*|\\d{1,2})(?:-(\\d{1,2}))?(?:/(\\d{1,2}))?");
  private static final int MINUTES_OF_A_DAY = 24 * 60;

  /** Parses an expression; empty if it does not have this form. */
  static Optional<Cron> of(String expression) {
    Matcher cron = EVERY_DAY.matcher(expression);
    if (!cron.matches()) {
      return Optional.empty();
    }
    SortedSet<Integer> minutes = values(cron.group(1), 59);
    SortedSet<Integer> hours = values(cron.group(2), 23);
    return minutes.isEmpty() || hours.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cron(minutes, hours));
  }

  /** The next scheduled time after an instant. */
  Instant next(Instant after) {
    ZonedDateTime minute = after.truncatedTo(ChronoUnit.MINUTES).atZone(ZoneOffset.UTC);
    for (int i = 0; i < MINUTES_OF_A_DAY; i++) {
      minute = minute.plusMinutes(1);
      if (minutes.contains(minute.getMinute()) && hours.contains(minute.getHour())) {
        return minute.toInstant();
      }
    }
    throw new IllegalStateException("a day has every minute of a day");
  }

  /**
   * Parses {@code 7}, {@code 0/5}, {@code 8-17}, {@code *} and lists of them; empty for anything
   * else.
   */
  private static SortedSet<Integer> values(String field, int last) {
    SortedSet<Integer> values = new TreeSet<>();
    for (String item : field.split(",", -1)) {
      Matcher part = PART.matcher(item);
      if (!part.matches()) {
        return new TreeSet<>();
      }
      boolean any = part.group(1).equals("*");
      int from = any ? 0 : Integer.parseInt(part.group(1));
      int step = part.group(3) == null ? 1 : Math.max(1, Integer.parseInt(part.group(3)));
      boolean open = any || part.group(3) != null;
      int to = part.group(2) != null ? Integer.parseInt(part.group(2)) : open ? last : from;
      for (int value = from; value <= Math.min(to, last); value += step) {
        values.add(value);
      }
    }
    return values;
  }
}
