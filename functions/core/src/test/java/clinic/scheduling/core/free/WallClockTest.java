package clinic.scheduling.core.free;

import static clinic.scheduling.core.free.Given.hours;
import static clinic.scheduling.core.free.Given.instant;
import static clinic.scheduling.core.free.Given.interval;
import static clinic.scheduling.core.free.Given.intervals;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Hours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hours follow the local clock, also when daylight saving changes that clock. The expected instants
 * were computed minute by minute with another implementation of time zones. {@code -Dseed=...}
 * replays the random test.
 */
class WallClockTest {
  private static final int ROUNDS = 25;

  @ParameterizedTest(name = "{1}: {2} {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ends where the gap begins | America/Los_Angeles | SUN 01:00-02:00 | 2027-03-13/2027-03-16 | 2027-03-14T09:00Z/10:00Z
          is the gap                | America/Los_Angeles | SUN 02:00-03:00 | 2027-03-13/2027-03-16 | none
          lies within the gap       | America/Los_Angeles | SUN 02:10-02:50 | 2027-03-13/2027-03-16 | none
          begins in the gap         | America/Los_Angeles | SUN 02:15-03:45 | 2027-03-13/2027-03-16 | 2027-03-14T10:00Z/10:45Z
          ends in the gap           | America/Los_Angeles | SUN 01:15-02:15 | 2027-03-13/2027-03-16 | 2027-03-14T09:15Z/10:00Z
          reaches across the gap    | America/Los_Angeles | SUN 01:30-03:30 | 2027-03-13/2027-03-16 | 2027-03-14T09:30Z/10:30Z
          begins where the gap ends | America/Los_Angeles | SUN 03:00-04:00 | 2027-03-13/2027-03-16 | 2027-03-14T10:00Z/11:00Z
          is all of the short day   | America/Los_Angeles | SUN 00:00-24:00 | 2027-03-13/2027-03-16 | 2027-03-14T08:00Z/2027-03-15T07:00Z

          ends where the gap begins | America/New_York    | SUN 01:00-02:00 | 2027-03-13/2027-03-16 | 2027-03-14T06:00Z/07:00Z
          is the gap                | America/New_York    | SUN 02:00-03:00 | 2027-03-13/2027-03-16 | none
          lies within the gap       | America/New_York    | SUN 02:10-02:50 | 2027-03-13/2027-03-16 | none
          begins in the gap         | America/New_York    | SUN 02:15-03:45 | 2027-03-13/2027-03-16 | 2027-03-14T07:00Z/07:45Z
          ends in the gap           | America/New_York    | SUN 01:15-02:15 | 2027-03-13/2027-03-16 | 2027-03-14T06:15Z/07:00Z
          reaches across the gap    | America/New_York    | SUN 01:30-03:30 | 2027-03-13/2027-03-16 | 2027-03-14T06:30Z/07:30Z
          begins where the gap ends | America/New_York    | SUN 03:00-04:00 | 2027-03-13/2027-03-16 | 2027-03-14T07:00Z/08:00Z
          is all of the short day   | America/New_York    | SUN 00:00-24:00 | 2027-03-13/2027-03-16 | 2027-03-14T05:00Z/2027-03-15T04:00Z

          ends where the gap begins | Europe/London       | SUN 00:00-01:00 | 2027-03-27/2027-03-30 | 2027-03-28T00:00Z/01:00Z
          is the gap                | Europe/London       | SUN 01:00-02:00 | 2027-03-27/2027-03-30 | none
          lies within the gap       | Europe/London       | SUN 01:10-01:50 | 2027-03-27/2027-03-30 | none
          begins in the gap         | Europe/London       | SUN 01:15-02:45 | 2027-03-27/2027-03-30 | 2027-03-28T01:00Z/01:45Z
          ends in the gap           | Europe/London       | SUN 00:15-01:15 | 2027-03-27/2027-03-30 | 2027-03-28T00:15Z/01:00Z
          reaches across the gap    | Europe/London       | SUN 00:30-02:30 | 2027-03-27/2027-03-30 | 2027-03-28T00:30Z/01:30Z
          begins where the gap ends | Europe/London       | SUN 02:00-03:00 | 2027-03-27/2027-03-30 | 2027-03-28T01:00Z/02:00Z
          is all of the short day   | Europe/London       | SUN 00:00-24:00 | 2027-03-27/2027-03-30 | 2027-03-28T00:00Z/23:00Z

          ends where the gap begins | Australia/Lord_Howe | SUN 01:00-02:00 | 2027-10-02/2027-10-05 | 2027-10-02T14:30Z/15:30Z
          is the gap                | Australia/Lord_Howe | SUN 02:00-02:30 | 2027-10-02/2027-10-05 | none
          lies within the gap       | Australia/Lord_Howe | SUN 02:10-02:20 | 2027-10-02/2027-10-05 | none
          begins in the gap         | Australia/Lord_Howe | SUN 02:15-03:15 | 2027-10-02/2027-10-05 | 2027-10-02T15:30Z/16:15Z
          ends in the gap           | Australia/Lord_Howe | SUN 01:15-02:15 | 2027-10-02/2027-10-05 | 2027-10-02T14:45Z/15:30Z
          reaches across the gap    | Australia/Lord_Howe | SUN 01:30-03:00 | 2027-10-02/2027-10-05 | 2027-10-02T15:00Z/16:00Z
          begins where the gap ends | Australia/Lord_Howe | SUN 02:30-03:30 | 2027-10-02/2027-10-05 | 2027-10-02T15:30Z/16:30Z
          is all of the short day   | Australia/Lord_Howe | SUN 00:00-24:00 | 2027-10-02/2027-10-05 | 2027-10-02T13:30Z/2027-10-03T13:00Z

          ends where the gap begins | America/Santiago    | SAT 23:00-24:00 | 2027-09-04/2027-09-07 | 2027-09-05T03:00Z/04:00Z
          is the gap                | America/Santiago    | SUN 00:00-01:00 | 2027-09-04/2027-09-07 | none
          lies within the gap       | America/Santiago    | SUN 00:10-00:50 | 2027-09-04/2027-09-07 | none
          begins in the gap         | America/Santiago    | SUN 00:15-01:45 | 2027-09-04/2027-09-07 | 2027-09-05T04:00Z/04:45Z
          ends in the gap           | America/Santiago    | SAT 23:15-24:00 SUN 00:00-00:15 | 2027-09-04/2027-09-07 | 2027-09-05T03:15Z/04:00Z
          reaches across the gap    | America/Santiago    | SAT 23:30-24:00 SUN 00:00-01:30 | 2027-09-04/2027-09-07 | 2027-09-05T03:30Z/04:30Z
          begins where the gap ends | America/Santiago    | SUN 01:00-02:00 | 2027-09-04/2027-09-07 | 2027-09-05T04:00Z/05:00Z
          is all of the short day   | America/Santiago    | SUN 00:00-24:00 | 2027-09-04/2027-09-07 | 2027-09-05T04:00Z/2027-09-06T03:00Z
          """)
  void aSkippedHourIsNever(String name, String zone, String hours, String window, String expected) {
    assertThat(during(zone, hours(hours), interval(window))).isEqualTo(intervals(expected));
  }

  @ParameterizedTest(name = "{1}: {2} {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ends where the overlap begins    | America/Los_Angeles | SUN 00:00-01:00 | 2027-11-06/2027-11-09        | 2027-11-07T07:00Z/08:00Z
          is the overlap                   | America/Los_Angeles | SUN 01:00-02:00 | 2027-11-06/2027-11-09        | 2027-11-07T08:00Z/10:00Z
          lies within the overlap          | America/Los_Angeles | SUN 01:10-01:50 | 2027-11-06/2027-11-09        | 2027-11-07T08:10Z/08:50Z 2027-11-07T09:10Z/09:50Z
          begins in the overlap            | America/Los_Angeles | SUN 01:45-02:30 | 2027-11-06/2027-11-09        | 2027-11-07T08:45Z/09:00Z 2027-11-07T09:45Z/10:30Z
          ends in the overlap              | America/Los_Angeles | SUN 00:30-01:15 | 2027-11-06/2027-11-09        | 2027-11-07T07:30Z/08:15Z 2027-11-07T09:00Z/09:15Z
          begins where the overlap ends    | America/Los_Angeles | SUN 02:00-03:00 | 2027-11-06/2027-11-09        | 2027-11-07T10:00Z/11:00Z
          is all of the long day           | America/Los_Angeles | SUN 00:00-24:00 | 2027-11-06/2027-11-09        | 2027-11-07T07:00Z/2027-11-08T08:00Z
          window begins in the second pass | America/Los_Angeles | SUN 01:00-02:00 | 2027-11-07T09:10Z/2027-11-09 | 2027-11-07T09:10Z/10:00Z
          window ends with the first pass  | America/Los_Angeles | SUN 01:00-02:00 | 2027-11-06/2027-11-07T09:00Z | 2027-11-07T08:00Z/09:00Z

          ends where the overlap begins    | America/New_York    | SUN 00:00-01:00 | 2027-11-06/2027-11-09        | 2027-11-07T04:00Z/05:00Z
          is the overlap                   | America/New_York    | SUN 01:00-02:00 | 2027-11-06/2027-11-09        | 2027-11-07T05:00Z/07:00Z
          lies within the overlap          | America/New_York    | SUN 01:10-01:50 | 2027-11-06/2027-11-09        | 2027-11-07T05:10Z/05:50Z 2027-11-07T06:10Z/06:50Z
          begins in the overlap            | America/New_York    | SUN 01:45-02:30 | 2027-11-06/2027-11-09        | 2027-11-07T05:45Z/06:00Z 2027-11-07T06:45Z/07:30Z
          ends in the overlap              | America/New_York    | SUN 00:30-01:15 | 2027-11-06/2027-11-09        | 2027-11-07T04:30Z/05:15Z 2027-11-07T06:00Z/06:15Z
          begins where the overlap ends    | America/New_York    | SUN 02:00-03:00 | 2027-11-06/2027-11-09        | 2027-11-07T07:00Z/08:00Z
          is all of the long day           | America/New_York    | SUN 00:00-24:00 | 2027-11-06/2027-11-09        | 2027-11-07T04:00Z/2027-11-08T05:00Z
          window begins in the second pass | America/New_York    | SUN 01:00-02:00 | 2027-11-07T06:10Z/2027-11-09 | 2027-11-07T06:10Z/07:00Z
          window ends with the first pass  | America/New_York    | SUN 01:00-02:00 | 2027-11-06/2027-11-07T06:00Z | 2027-11-07T05:00Z/06:00Z

          ends where the overlap begins    | Europe/London       | SUN 00:00-01:00 | 2027-10-30/2027-11-02        | 2027-10-30T23:00Z/2027-10-31T00:00Z
          is the overlap                   | Europe/London       | SUN 01:00-02:00 | 2027-10-30/2027-11-02        | 2027-10-31T00:00Z/02:00Z
          lies within the overlap          | Europe/London       | SUN 01:10-01:50 | 2027-10-30/2027-11-02        | 2027-10-31T00:10Z/00:50Z 2027-10-31T01:10Z/01:50Z
          begins in the overlap            | Europe/London       | SUN 01:45-02:30 | 2027-10-30/2027-11-02        | 2027-10-31T00:45Z/01:00Z 2027-10-31T01:45Z/02:30Z
          ends in the overlap              | Europe/London       | SUN 00:30-01:15 | 2027-10-30/2027-11-02        | 2027-10-30T23:30Z/2027-10-31T00:15Z 2027-10-31T01:00Z/01:15Z
          begins where the overlap ends    | Europe/London       | SUN 02:00-03:00 | 2027-10-30/2027-11-02        | 2027-10-31T02:00Z/03:00Z
          is all of the long day           | Europe/London       | SUN 00:00-24:00 | 2027-10-30/2027-11-02        | 2027-10-30T23:00Z/2027-11-01T00:00Z
          window begins in the second pass | Europe/London       | SUN 01:00-02:00 | 2027-10-31T01:10Z/2027-11-02 | 2027-10-31T01:10Z/02:00Z
          window ends with the first pass  | Europe/London       | SUN 01:00-02:00 | 2027-10-30/2027-10-31T01:00Z | 2027-10-31T00:00Z/01:00Z

          ends where the overlap begins    | Australia/Lord_Howe | SUN 00:30-01:30 | 2027-04-03/2027-04-06        | 2027-04-03T13:30Z/14:30Z
          is the overlap                   | Australia/Lord_Howe | SUN 01:30-02:00 | 2027-04-03/2027-04-06        | 2027-04-03T14:30Z/15:30Z
          lies within the overlap          | Australia/Lord_Howe | SUN 01:40-01:50 | 2027-04-03/2027-04-06        | 2027-04-03T14:40Z/14:50Z 2027-04-03T15:10Z/15:20Z
          begins in the overlap            | Australia/Lord_Howe | SUN 01:45-02:30 | 2027-04-03/2027-04-06        | 2027-04-03T14:45Z/15:00Z 2027-04-03T15:15Z/16:00Z
          ends in the overlap              | Australia/Lord_Howe | SUN 01:00-01:45 | 2027-04-03/2027-04-06        | 2027-04-03T14:00Z/14:45Z 2027-04-03T15:00Z/15:15Z
          begins where the overlap ends    | Australia/Lord_Howe | SUN 02:00-03:00 | 2027-04-03/2027-04-06        | 2027-04-03T15:30Z/16:30Z
          is all of the long day           | Australia/Lord_Howe | SUN 00:00-24:00 | 2027-04-03/2027-04-06        | 2027-04-03T13:00Z/2027-04-04T13:30Z
          window begins in the second pass | Australia/Lord_Howe | SUN 01:30-02:00 | 2027-04-03T15:10Z/2027-04-06 | 2027-04-03T15:10Z/15:30Z
          window ends with the first pass  | Australia/Lord_Howe | SUN 01:30-02:00 | 2027-04-03/2027-04-03T15:00Z | 2027-04-03T14:30Z/15:00Z

          ends where the overlap begins    | America/Santiago    | SAT 22:00-23:00 | 2027-04-02/2027-04-05        | 2027-04-04T01:00Z/02:00Z
          is the overlap                   | America/Santiago    | SAT 23:00-24:00 | 2027-04-02/2027-04-05        | 2027-04-04T02:00Z/04:00Z
          lies within the overlap          | America/Santiago    | SAT 23:10-23:50 | 2027-04-02/2027-04-05        | 2027-04-04T02:10Z/02:50Z 2027-04-04T03:10Z/03:50Z
          begins in the overlap            | America/Santiago    | SAT 23:45-24:00 SUN 00:00-00:30 | 2027-04-02/2027-04-05        | 2027-04-04T02:45Z/03:00Z 2027-04-04T03:45Z/04:30Z
          ends in the overlap              | America/Santiago    | SAT 22:30-23:15 | 2027-04-02/2027-04-05        | 2027-04-04T01:30Z/02:15Z 2027-04-04T03:00Z/03:15Z
          begins where the overlap ends    | America/Santiago    | SUN 00:00-01:00 | 2027-04-02/2027-04-05        | 2027-04-04T04:00Z/05:00Z
          is all of the long day           | America/Santiago    | SAT 00:00-24:00 | 2027-04-02/2027-04-05        | 2027-04-03T03:00Z/2027-04-04T04:00Z
          window begins in the second pass | America/Santiago    | SAT 23:00-24:00 | 2027-04-04T03:10Z/2027-04-05 | 2027-04-04T03:10Z/04:00Z
          window ends with the first pass  | America/Santiago    | SAT 23:00-24:00 | 2027-04-02/2027-04-04T03:00Z | 2027-04-04T02:00Z/03:00Z
          """)
  void aRepeatedHourIsTwice(
      String name, String zone, String hours, String window, String expected) {
    assertThat(during(zone, hours(hours), interval(window))).isEqualTo(intervals(expected));
  }

  @ParameterizedTest(name = "{1}: {2} {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          is an hour of March            | Asia/Kolkata | SUN 02:00-03:00 | 2027-03-13/2027-03-16               | 2027-03-13T20:30Z/21:30Z
          is an hour of November         | Asia/Kolkata | SUN 01:00-02:00 | 2027-11-06/2027-11-09               | 2027-11-06T19:30Z/20:30Z
          is all of a usual day          | Asia/Kolkata | SUN 00:00-24:00 | 2027-03-13/2027-03-16               | 2027-03-13T18:30Z/2027-03-14T18:30Z
          reaches across midnight        | Asia/Kolkata | SUN 23:00-24:00 MON 00:00-01:00 | 2027-03-13/2027-03-16               | 2027-03-14T17:30Z/19:30Z
          is cut by the window           | Asia/Kolkata | MON 09:00-17:00 | 2027-03-15T04:00Z/2027-03-15T11:00Z | 2027-03-15T04:00Z/11:00Z
          is of a day outside the window | Asia/Kolkata | WED 09:00-17:00 | 2027-03-13/2027-03-16               | none
          """)
  void whereClocksAreNeverChangedEveryHourIsOnce(
      String name, String zone, String hours, String window, String expected) {
    assertThat(during(zone, hours(hours), interval(window))).isEqualTo(intervals(expected));
  }

  @ParameterizedTest(name = "{1}, {2}, every {3} minutes: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          half past before the gap                         | America/Los_Angeles | 2027-03-14T09:30Z | 30  | true
          last minute before the gap                       | America/Los_Angeles | 2027-03-14T09:59Z | 30  | false
          three after the gap                              | America/Los_Angeles | 2027-03-14T10:00Z | 60  | true
          three is no even hour though two would be        | America/Los_Angeles | 2027-03-14T10:00Z | 120 | false
          one in the first pass                            | America/Los_Angeles | 2027-11-07T08:00Z | 60  | true
          one in the second pass                           | America/Los_Angeles | 2027-11-07T09:00Z | 60  | true
          one in the second pass is no even hour           | America/Los_Angeles | 2027-11-07T09:00Z | 120 | false
          two after the overlap                            | America/Los_Angeles | 2027-11-07T10:00Z | 120 | true
          three after the gap                              | America/New_York    | 2027-03-14T07:00Z | 180 | true
          quarter past three after the gap                 | America/New_York    | 2027-03-14T07:15Z | 30  | false
          half past one in the first pass                  | America/New_York    | 2027-11-07T05:30Z | 90  | true
          half past one in the second pass                 | America/New_York    | 2027-11-07T06:30Z | 90  | true
          two after the gap                                | Europe/London       | 2027-03-28T01:00Z | 120 | true
          half past midnight before the gap                | Europe/London       | 2027-03-28T00:30Z | 60  | false
          one in the first pass                            | Europe/London       | 2027-10-31T00:00Z | 60  | true
          twenty past one in the second pass               | Europe/London       | 2027-10-31T01:20Z | 20  | true
          half past one before the gap                     | Australia/Lord_Howe | 2027-10-02T15:00Z | 60  | false
          half past two after the gap is no full hour      | Australia/Lord_Howe | 2027-10-02T15:30Z | 60  | false
          half past two after the gap is a half hour       | Australia/Lord_Howe | 2027-10-02T15:30Z | 30  | true
          three after the gap                              | Australia/Lord_Howe | 2027-10-02T16:00Z | 60  | true
          half past one in the first pass                  | Australia/Lord_Howe | 2027-04-03T14:30Z | 30  | true
          half past one in the second pass                 | Australia/Lord_Howe | 2027-04-03T15:00Z | 30  | true
          half past one in the second pass is no full hour | Australia/Lord_Howe | 2027-04-03T15:00Z | 60  | false
          two after the overlap                            | Australia/Lord_Howe | 2027-04-03T15:30Z | 60  | true
          eleven before the skipped midnight               | America/Santiago    | 2027-09-05T03:00Z | 60  | true
          one after the skipped midnight                   | America/Santiago    | 2027-09-05T04:00Z | 60  | true
          one after the skipped midnight is no even hour   | America/Santiago    | 2027-09-05T04:00Z | 120 | false
          half past eleven in the second pass              | America/Santiago    | 2027-04-04T03:30Z | 30  | true
          midnight after the overlap                       | America/Santiago    | 2027-04-04T04:00Z | 480 | true
          nine where the offset has half an hour           | Asia/Kolkata        | 2027-03-15T03:30Z | 60  | true
          half past nine where the offset has half an hour | Asia/Kolkata        | 2027-03-15T04:00Z | 60  | false
          """)
  void theGridOfStartsIsThatOfTheClock(
      String name, String zone, String instant, int step, boolean expected) {
    assertThat(new WallClock(ZoneId.of(zone)).isOnGrid(instant(instant), step)).isEqualTo(expected);
  }

  @Test
  void aStartThatIsNoWholeMinuteIsOnNoGrid() {
    WallClock clock = new WallClock(ZoneId.of("America/Los_Angeles"));
    Instant nine = instant("2027-03-15T09:00-07:00");

    assertThat(clock.isOnGrid(nine, 1)).isTrue();
    assertThat(clock.isOnGrid(nine.plusSeconds(1), 1)).isFalse();
    assertThat(clock.isOnGrid(nine.plusNanos(1), 1)).isFalse();
  }

  @Test
  void noHoursMeanTheWholeWindow() {
    Interval window = interval("2027-03-13T00:00:07Z/2027-03-16T11:11:11.5Z");

    assertThat(during("America/Los_Angeles", List.of(), window)).containsExactly(window);
  }

  @Test
  void hoursThatTouchOrOverlapAreOneStretch() {
    List<Hours> hours = hours("MON 12:00-17:00 MON 09:00-12:00 MON 10:00-13:00");

    assertThat(during("America/Los_Angeles", hours, interval("2027-03-15/2027-03-17")))
        .containsExactly(interval("2027-03-15T16:00Z/2027-03-16T00:00Z"));
  }

  @Test
  void aWholeYearOfAllDaysHasNoHole() {
    List<Hours> always = Given.everyDay("00:00-24:00");
    Interval year = interval("2027-01-01/2028-01-01");

    for (Zone zone : Zone.values()) {
      assertThat(during(zone.id, always, year)).as(zone.id).containsExactly(year);
    }
  }

  /**
   * Six zones, each with the two instants in 2027 around which it is tested. The clocks change at
   * these instants, except in Kolkata, which has no daylight saving.
   */
  private enum Zone {
    LOS_ANGELES("America/Los_Angeles", "2027-03-14T10:00Z", "2027-11-07T09:00Z"),
    NEW_YORK("America/New_York", "2027-03-14T07:00Z", "2027-11-07T06:00Z"),
    LONDON("Europe/London", "2027-03-28T01:00Z", "2027-10-31T01:00Z"),
    LORD_HOWE("Australia/Lord_Howe", "2027-10-02T15:30Z", "2027-04-03T15:00Z"),
    SANTIAGO("America/Santiago", "2027-09-05T04:00Z", "2027-04-04T03:00Z"),
    KOLKATA("Asia/Kolkata", "2027-03-14T10:00Z", "2027-11-07T09:00Z");

    private final String id;
    private final List<Instant> changes;

    Zone(String id, String forward, String back) {
      this.id = id;
      this.changes = List.of(instant(forward), instant(back));
    }
  }

  @Test
  void anInstantBelongsToHoursExactlyIfTheClockShowsATimeAmongThem() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("WallClockTest seed " + seed);
    Random random = new Random(seed);
    Set<Integer> piecesSeen = new TreeSet<>();

    for (Zone zone : Zone.values()) {
      for (Instant change : zone.changes) {
        for (int round = 0; round < ROUNDS; round++) {
          List<Hours> hours = someHours(random);
          Interval window = windowAround(change, random);

          List<Interval> found = during(zone.id, hours, window);

          assertThat(minutesOf(window, found))
              .as("seed %s, %s, %s, %s", seed, zone.id, window, hours)
              .isEqualTo(minutesShown(window, hours, ZoneId.of(zone.id)));
          piecesSeen.add(Math.min(found.size(), 3));
        }
      }
    }
    assertThat(piecesSeen).as("seed %s", seed).containsExactly(0, 1, 2, 3);
  }

  private static List<Interval> during(String zone, List<Hours> hours, Interval window) {
    return new WallClock(ZoneId.of(zone)).during(hours, window).parts();
  }

  private static List<Instant> minutesShown(Interval window, List<Hours> hours, ZoneId zone) {
    return minutes(window).stream()
        .filter(
            minute -> {
              ZonedDateTime shown = minute.atZone(zone);
              int ofDay = shown.getHour() * 60 + shown.getMinute();
              return hours.stream()
                  .anyMatch(
                      one ->
                          one.days().contains(shown.getDayOfWeek())
                              && one.fromMinute() <= ofDay
                              && ofDay < one.toMinute());
            })
        .toList();
  }

  private static List<Instant> minutesOf(Interval window, List<Interval> found) {
    return minutes(window).stream()
        .filter(
            minute ->
                found.stream()
                    .anyMatch(one -> !minute.isBefore(one.start()) && minute.isBefore(one.end())))
        .toList();
  }

  private static List<Instant> minutes(Interval window) {
    List<Instant> minutes = new ArrayList<>();
    for (Instant at = window.start(); at.isBefore(window.end()); at = at.plusSeconds(60)) {
      minutes.add(at);
    }
    return minutes;
  }

  /**
   * Hours that often begin at night, when clocks are changed, and sometimes last until the end of
   * the day.
   */
  private static List<Hours> someHours(Random random) {
    List<Hours> some = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      while (days.isEmpty() || random.nextBoolean()) {
        days.add(DayOfWeek.of(random.nextInt(5, 8)));
      }
      int from = random.nextInt(random.nextBoolean() ? 180 : 1440);
      int to = random.nextInt(5) == 0 ? 1440 : random.nextInt(from + 1, 1441);
      some.add(new Hours(days, from, to));
    }
    return some;
  }

  private static Interval windowAround(Instant change, Random random) {
    return new Interval(
        change.minus(Duration.ofMinutes(random.nextInt(0, 1_800))),
        change.plus(Duration.ofMinutes(random.nextInt(1, 1_800))));
  }
}
