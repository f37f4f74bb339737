package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.recurrence.Recurrence;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Graph's {@code patternedRecurrence} as a rule of RFC 5545 (Graph's pages recurrencePattern and
 * recurrenceRange). The members that a pattern needs must be there; Graph ignores any others.
 */
final class GraphPattern {
  private static final int MOST_INTERVAL = 99;
  private static final int MOST_OCCURRENCES = 999;
  private static final int SHORTEST_MONTH = 28;
  private static final int LONGEST_MONTH = 31;
  private static final int MONTHS = 12;

  private static final List<String> INDEXES = List.of("first", "second", "third", "fourth");

  private GraphPattern() {}

  /** The series of an event's {@code recurrence}, from its first start on. */
  static Recurrence series(JsonNode recurrence, LocalDateTime first, ZoneId zone) {
    String rule = rule(recurrence.path("pattern")) + end(recurrence.path("range"));
    try {
      return Recurrence.of(rule, first, zone);
    } catch (IllegalArgumentException e) {
      throw GraphException.badRequest("A recurrence without an occurrence: " + recurrence);
    }
  }

  private static String rule(JsonNode pattern) {
    String interval = ";INTERVAL=" + number(pattern, "interval", MOST_INTERVAL);
    String weekStart =
        pattern.hasNonNull("firstDayOfWeek") ? day(pattern.get("firstDayOfWeek")) : "SU";
    return switch (pattern.path("type").asText()) {
      case "daily" -> "FREQ=DAILY" + interval;
      case "weekly" -> "FREQ=WEEKLY" + interval + ";BYDAY=" + days(pattern) + ";WKST=" + weekStart;
      case "absoluteMonthly" -> "FREQ=MONTHLY" + interval + dayOfMonth(pattern, "");
      case "relativeMonthly" -> "FREQ=MONTHLY" + interval + relative(pattern);
      case "absoluteYearly" -> "FREQ=YEARLY" + interval + dayOfMonth(pattern, month(pattern));
      case "relativeYearly" -> "FREQ=YEARLY" + interval + month(pattern) + relative(pattern);
      default -> throw GraphException.badRequest("Not a recurrence pattern: " + pattern);
    };
  }

  /** In a month that is too short, Outlook uses its last day. */
  private static String dayOfMonth(JsonNode pattern, String month) {
    int day = number(pattern, "dayOfMonth", LONGEST_MONTH);
    String candidates =
        IntStream.rangeClosed(Math.min(day, SHORTEST_MONTH), day)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return month + ";BYMONTHDAY=" + candidates + ";BYSETPOS=-1";
  }

  /** Such as the second Tuesday, or with several days the last weekday of the month. */
  private static String relative(JsonNode pattern) {
    String index = pattern.path("index").asText("first");
    int position = index.equals("last") ? -1 : INDEXES.indexOf(index) + 1;
    if (position == 0) {
      throw GraphException.badRequest("Not an index of a week: " + index);
    }
    return ";BYDAY=" + days(pattern) + ";BYSETPOS=" + position;
  }

  private static String month(JsonNode pattern) {
    return ";BYMONTH=" + number(pattern, "month", MONTHS);
  }

  private static String days(JsonNode pattern) {
    JsonNode days = pattern.path("daysOfWeek");
    if (days.isEmpty()) {
      throw GraphException.badRequest("The recurrence pattern needs daysOfWeek.");
    }
    return days.valueStream().map(GraphPattern::day).collect(Collectors.joining(","));
  }

  private static String day(JsonNode name) {
    return name.asText().substring(0, 2).toUpperCase(Locale.ROOT);
  }

  private static int number(JsonNode owner, String name, int most) {
    int number = owner.path(name).asInt(0);
    if (number < 1 || number > most) {
      throw GraphException.badRequest(
          "The recurrence needs " + name + " from 1 to " + most + ", not " + owner.path(name));
    }
    return number;
  }

  private static String end(JsonNode range) {
    date(range, "startDate");
    return switch (range.path("type").asText()) {
      case "noEnd" -> "";
      case "numbered" -> ";COUNT=" + number(range, "numberOfOccurrences", MOST_OCCURRENCES);
      case "endDate" -> ";UNTIL=" + DateTimeFormatter.BASIC_ISO_DATE.format(date(range, "endDate"));
      default -> throw GraphException.badRequest("A recurrence needs a range with a type.");
    };
  }

  private static LocalDate date(JsonNode range, String name) {
    try {
      return LocalDate.parse(range.path(name).asText());
    } catch (DateTimeException e) {
      throw GraphException.badRequest("A recurrence needs a range with " + name + ".");
    }
  }
}
