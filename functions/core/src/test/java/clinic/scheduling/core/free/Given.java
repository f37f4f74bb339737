package clinic.scheduling.core.free;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Coding;
import clinic.scheduling.core.practice.Hours;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.VisitType;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Builds instants, intervals, hours and visit types from the short texts that tests use. */
public final class Given {
  private Given() {}

  /**
   * Parses {@code 2027-03-14T09:00Z}, with any offset, or {@code 2027-03-14}, which means midnight
   * UTC.
   */
  public static Instant instant(String text) {
    return OffsetDateTime.parse(text.length() == 10 ? text + "T00:00Z" : text).toInstant();
  }

  /**
   * Parses two instants with a slash between them. If the second instant has no date, it is on the
   * same day as the first.
   */
  public static Interval interval(String text) {
    String[] edges = text.split("/", 2);
    String day = edges[1].contains("-") ? "" : text.substring(0, "2027-03-14T".length());
    return new Interval(instant(edges[0]), instant(day + edges[1]));
  }

  /** Parses intervals with spaces between them, or {@code none}. */
  public static List<Interval> intervals(String text) {
    return text.equals("none")
        ? List.of()
        : Arrays.stream(text.split(" ")).map(Given::interval).toList();
  }

  /** Parses hours such as {@code SAT 23:00-24:00 SUN 00:00-01:30}. */
  public static List<Hours> hours(String text) {
    String[] words = text.split(" ");
    Hours[] hours = new Hours[words.length / 2];
    for (int i = 0; i < hours.length; i++) {
      String[] times = words[2 * i + 1].split("-", 2);
      hours[i] = new Hours(Set.of(day(words[2 * i])), minute(times[0]), minute(times[1]));
    }
    return List.of(hours);
  }

  public static List<Hours> everyDay(String times) {
    Hours one = hours("MON " + times).get(0);
    return List.of(new Hours(EnumSet.allOf(DayOfWeek.class), one.fromMinute(), one.toMinute()));
  }

  private static DayOfWeek day(String word) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.name().startsWith(word))
        .findFirst()
        .orElseThrow();
  }

  private static int minute(String time) {
    String[] parts = time.split(":", 2);
    return Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
  }

  /**
   * A type of visit that lasts half an hour. Each start is a multiple of {@code startEvery} minutes
   * after midnight.
   */
  public static VisitType visit(int bufferBefore, int bufferAfter, int startEvery) {
    return new VisitType(
        "office",
        "Office visit",
        Modality.IN_PERSON,
        new Coding("urn:example:note-types", "office", "Office visit"),
        List.of(30),
        List.of(),
        List.of(),
        Duration.ofMinutes(bufferBefore),
        Duration.ofMinutes(bufferAfter),
        Duration.ZERO,
        365,
        Duration.ZERO,
        List.of(),
        startEvery);
  }
}
