package clinic.scheduling.slots;

import static clinic.scheduling.core.free.Given.instant;
import static clinic.scheduling.core.free.Given.interval;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.Given;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A window of days consists of whole days in a time zone. Such a day may have 23 or 25 hours. */
class WindowBoundTest {

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2027-09-05 | America/Santiago | 2027-09-05T04:00Z/2027-09-06T03:00Z
          2027-03-28 | Asia/Beirut      | 2027-03-27T22:00Z/2027-03-28T21:00Z
          2027-04-30 | Africa/Cairo     | 2027-04-29T22:00Z/2027-04-30T21:00Z
          2027-03-14 | America/Havana   | 2027-03-14T05:00Z/2027-03-15T04:00Z
          """)
  void aDayWhoseMidnightIsSkippedBeginsWithItsFirstMinute(
      String day, String zone, String expected) {
    assertThat(window(day, day, zone)).isEqualTo(interval(expected));
    assertThat(window(day, day, zone).length()).isEqualTo(Duration.ofHours(23));
  }

  @ParameterizedTest(name = "the day before {0} of {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2027-09-04 | America/Santiago | 2027-09-04T04:00Z/2027-09-05T04:00Z
          2027-03-27 | Asia/Beirut      | 2027-03-26T22:00Z/2027-03-27T22:00Z
          2027-04-29 | Africa/Cairo     | 2027-04-28T22:00Z/2027-04-29T22:00Z
          2027-03-13 | America/Havana   | 2027-03-13T05:00Z/2027-03-14T05:00Z
          """)
  void aDayBeforeASkippedMidnightEndsWhereTheNextOneBegins(
      String day, String zone, String expected) {
    assertThat(window(day, day, zone)).isEqualTo(interval(expected));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2027-04-03 | America/Santiago | 2027-04-03T03:00Z/2027-04-04T04:00Z
          2027-10-30 | Asia/Beirut      | 2027-10-29T21:00Z/2027-10-30T22:00Z
          2027-10-28 | Africa/Cairo     | 2027-10-27T21:00Z/2027-10-28T22:00Z
          2027-11-07 | America/Havana   | 2027-11-07T04:00Z/2027-11-08T05:00Z
          """)
  void aDayWhoseLastOrFirstHourIsRepeatedHasBothOfThem(String day, String zone, String expected) {
    assertThat(window(day, day, zone)).isEqualTo(interval(expected));
    assertThat(window(day, day, zone).length()).isEqualTo(Duration.ofHours(25));
  }

  @ParameterizedTest(name = "{0} to {1} in {2} is {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2027-03-08 | 2027-03-14 | America/Los_Angeles | PT167H    | 2027-03-08T08:00Z
          2027-11-01 | 2027-11-07 | America/Los_Angeles | PT169H    | 2027-11-01T07:00Z
          2027-03-15 | 2027-03-21 | America/Los_Angeles | PT168H    | 2027-03-15T07:00Z
          2027-03-08 | 2027-03-14 | America/New_York    | PT167H    | 2027-03-08T05:00Z
          2027-11-01 | 2027-11-07 | America/New_York    | PT169H    | 2027-11-01T04:00Z
          2027-03-22 | 2027-03-28 | Europe/London       | PT167H    | 2027-03-22T00:00Z
          2027-10-25 | 2027-10-31 | Europe/London       | PT169H    | 2027-10-24T23:00Z
          2027-10-03 | 2027-10-03 | Australia/Lord_Howe | PT23H30M  | 2027-10-02T13:30Z
          2027-04-04 | 2027-04-04 | Australia/Lord_Howe | PT24H30M  | 2027-04-03T13:00Z
          2027-09-27 | 2027-10-03 | Australia/Lord_Howe | PT167H30M | 2027-09-26T13:30Z
          2027-03-29 | 2027-04-04 | Australia/Lord_Howe | PT168H30M | 2027-03-28T13:00Z
          2027-08-30 | 2027-09-05 | America/Santiago    | PT167H    | 2027-08-30T04:00Z
          2027-03-29 | 2027-04-04 | America/Santiago    | PT169H    | 2027-03-29T03:00Z
          2027-03-08 | 2027-03-14 | Asia/Kolkata        | PT168H    | 2027-03-07T18:30Z
          """)
  void theFirstDayAndTheLastBothCountWhole(
      String from, String to, String zone, Duration length, String start) {
    assertThat(window(from, to, zone)).isEqualTo(Interval.of(instant(start), length));
  }

  @Test
  void daysAreThoseOfTheAskedZoneAndElseOfThePlace() {
    ZoneId place = ZoneId.of("America/Los_Angeles");
    SlotQuery asked =
        TestQueries.query(
            Given.visit(0, 0, 1),
            "2027-03-14",
            "2027-03-14",
            Optional.of(ZoneId.of("Asia/Kolkata")));
    SlotQuery silent =
        TestQueries.query(Given.visit(0, 0, 1), "2027-03-14", "2027-03-14", Optional.empty());

    assertThat(asked.windowIn(place)).contains(interval("2027-03-13T18:30Z/2027-03-14T18:30Z"));
    assertThat(silent.windowIn(place)).contains(interval("2027-03-14T08:00Z/2027-03-15T07:00Z"));
  }

  @Test
  void aVisitMayEndAfterTheLastDayButNotAfterAnInstant() {
    ZoneId place = ZoneId.of("America/Los_Angeles");
    SlotQuery days =
        TestQueries.query(Given.visit(0, 0, 1), "2027-03-14", "2027-03-14", Optional.empty());
    SlotQuery instants =
        TestQueries.query(
            Given.visit(0, 0, 1), "2027-03-14T08:00Z", "2027-03-15T07:00Z", Optional.empty());

    assertThat(days.visitWindowIn(place)).contains(interval("2027-03-14T08:00Z/2027-03-15T07:30Z"));
    assertThat(instants.visitWindowIn(place))
        .contains(interval("2027-03-14T08:00Z/2027-03-15T07:00Z"));
  }

  @Test
  void instantsAreTheSameInEveryZone() {
    String from = "2027-03-14T01:30:00-08:00";
    String to = "2027-03-14T03:30:00.5-07:00";

    for (String zone : new String[] {"America/Los_Angeles", "Australia/Lord_Howe", "UTC"}) {
      assertThat(window(from, to, zone))
          .isEqualTo(interval("2027-03-14T09:30Z/2027-03-14T10:30:00.5Z"));
    }
  }

  @Test
  void bothPassesOfARepeatedHourCanBeNamed() {
    assertThat(window("2027-11-07T01:30-07:00", "2027-11-07T01:30-08:00", "America/Los_Angeles"))
        .isEqualTo(interval("2027-11-07T08:30Z/2027-11-07T09:30Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2027",
        "2027-3-14",
        "2027-02-29",
        "2027-13-01",
        "2027-00-10",
        "+2027-03-14",
        "-2027-03-14",
        "20270314",
        " 2027-03-14",
        "2027-03-14 ",
        "2027-03-14\n",
        "2027-03-14T09:00",
        "2027-03-14T09Z",
        "2027-03-14t09:00z",
        "2027-03-14 09:00Z",
        "2027-03-14T24:00Z",
        "2027-03-14T09:60Z",
        "2027-03-14T09:00:60Z",
        "2027-03-14T09:00:00.Z",
        "2027-03-14T09:00:00.1234567890Z",
        "2027-03-14T09:00+19:00",
        "2027-03-14T09:00+0700",
        "2027-03-14T09:00[America/Los_Angeles]",
        "\u0662\u0660\u0662\u0667-\u0660\u0663-\u0661\u0664",
        "tomorrow"
      })
  void anythingElseIsNoEdge(String text) {
    assertThat(WindowBound.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2011-12-30, Pacific/Apia",
    "2011-12-30, Pacific/Fakaofo",
    "1993-08-21, Pacific/Kwajalein",
    "1994-12-31, Pacific/Kiritimati"
  })
  void aDayThatTheZoneNeverHadIsAnEmptyWindow(String day, String zone) {
    SlotQuery asked =
        TestQueries.query(Given.visit(0, 0, 1), day, day, Optional.of(ZoneId.of(zone)));

    assertThat(asked.windowIn(ZoneId.of("America/Los_Angeles"))).isEmpty();
  }

  private static Interval window(String from, String to, String zone) {
    WindowBound first = WindowBound.parse(from).orElseThrow();
    WindowBound last = WindowBound.parse(to).orElseThrow();
    return new Interval(first.startIn(ZoneId.of(zone)), last.endIn(ZoneId.of(zone)));
  }

  @Test
  void whatACursorSignsNeverChanges() {
    assertThat(WindowBound.parse("2027-09-05").map(WindowBound::signedText))
        .contains("Edge[day=2027-09-05, instant=null]");
    assertThat(WindowBound.parse("2027-09-05T10:00:00+02:00").map(WindowBound::signedText))
        .contains("Edge[day=null, instant=2027-09-05T08:00:00Z]");
  }
}
