package clinic.scheduling.calendars.meeting;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a person plans in a calendar of either provider.
 *
 * @param start in the zone; midnight for an all-day meeting
 * @param length whole days for an all-day meeting
 */
public record Planned(
    String title,
    LocalDateTime start,
    Duration length,
    ZoneId zone,
    boolean allDay,
    Optional<Rule> rule) {
  public static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

  /**
   * How a meeting recurs, in the words of both providers.
   *
   * @param rrule a rule of RFC 5545, without an end
   * @param pattern a {@code recurrencePattern} of Graph
   * @param count how many instances there are; 0 for no end
   */
  public record Rule(String rrule, String pattern, int count) {

    public static Rule daily(int count) {
      return new Rule("FREQ=DAILY", "{\"type\":\"daily\",\"interval\":1}", count);
    }

    public static Rule mondaysAndThursdays(int count) {
      return new Rule(
          "FREQ=WEEKLY;BYDAY=MO,TH",
          "{\"type\":\"weekly\",\"interval\":1,\"daysOfWeek\":[\"monday\",\"thursday\"]}",
          count);
    }

    public static Rule secondTuesdayOfTheMonth(int count) {
      return new Rule(
          "FREQ=MONTHLY;BYDAY=2TU",
          "{\"type\":\"relativeMonthly\",\"interval\":1,\"daysOfWeek\":[\"tuesday\"],"
              + "\"index\":\"second\"}",
          count);
    }
  }

  /** An hour in Los Angeles. */
  public static Planned at(String start) {
    return new Planned(
        "Board",
        LocalDateTime.parse(start),
        Duration.ofHours(1),
        LOS_ANGELES,
        false,
        Optional.empty());
  }

  public static Planned allDay(String day, int days, ZoneId zone) {
    return new Planned(
        "Away",
        LocalDate.parse(day).atStartOfDay(),
        Duration.ofDays(days),
        zone,
        true,
        Optional.empty());
  }

  public Planned recurring(Rule how) {
    return new Planned(title, start, length, zone, allDay, Optional.of(how));
  }

  public LocalDateTime end() {
    return start.plus(length);
  }
}
