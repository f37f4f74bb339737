package clinic.scheduling.meetings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.calendaraccess.meeting.MeetingPolicy;
import clinic.scheduling.calendaraccess.meeting.MeetingPolicy.Part;
import clinic.scheduling.calendaraccess.meeting.MeetingPolicy.Reason;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Meetings;
import clinic.scheduling.core.practice.Meetings.Blocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code docs/meetings.md} is what the policy does. */
class MeetingPolicyTest {
  private static final Path DOCUMENT = Path.of("../../docs/meetings.md");
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final LocalDate DAY = LocalDate.parse("2026-12-08");
  private static final Instant START = Instant.parse("2026-12-08T17:00:00Z");
  private static final Interval WINDOW =
      new Interval(Instant.parse("2026-12-01T08:00:00Z"), Instant.parse("2027-02-01T08:00:00Z"));
  private static final int ROWS = 30;

  /** One row of the table. */
  record Row(
      String meeting,
      String shownAs,
      String kind,
      String answer,
      String when,
      String also,
      int blocks,
      String field,
      int then) {
    static Row of(String line) {
      List<String> cells =
          Arrays.stream(line.substring(1).split("\\|", -1))
              .map(cell -> cell.strip().replace("`", ""))
              .toList();
      return new Row(
          cells.get(0),
          cells.get(1),
          cells.get(2),
          cells.get(3),
          cells.get(4),
          cells.get(5),
          Integer.parseInt(cells.get(6)),
          cells.get(7),
          Integer.parseInt(cells.get(8)));
    }

    StoredMeeting stored() {
      String[] length = when.split(" ", 2);
      int number = Integer.parseInt(length[0]);
      When time =
          length[1].startsWith("day")
              ? new AllDay(DAY, DAY.plusDays(number))
              : new Timed(START, START.plus(Duration.ofMinutes(number)));
      return new StoredMeeting(
          "event",
          also.contains("instance") ? Optional.of("series") : Optional.empty(),
          "block",
          time,
          Availability.valueOf(constant(shownAs)),
          Kind.valueOf(constant(kind)),
          Answer.valueOf(constant(answer)),
          also.contains("cancelled"),
          also.contains("private"),
          also.contains("ours"),
          Optional.of("subject"));
    }

    private static String constant(String word) {
      return word.replaceAll("([A-Z])", "_$1").replace('-', '_').toUpperCase(Locale.ROOT);
    }
  }

  static List<Row> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("| ") && line.chars().filter(it -> it == '|').count() == 10)
        .filter(line -> !line.startsWith("| meeting ") && !line.startsWith("| ---"))
        .map(Row::of)
        .toList();
  }

  @Test
  void theTableIsReadWhole() throws IOException {
    assertThat(rows()).hasSize(ROWS);
    assertThat(rows().stream().map(Row::shownAs).map(Row::constant).collect(Collectors.toSet()))
        .containsAll(Arrays.stream(Availability.values()).map(Enum::name).toList());
    assertThat(rows().stream().map(Row::kind).map(Row::constant).collect(Collectors.toSet()))
        .containsAll(Arrays.stream(Kind.values()).map(Enum::name).toList());
    assertThat(rows().stream().map(Row::answer).map(Row::constant).collect(Collectors.toSet()))
        .containsAll(Arrays.stream(Answer.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachMeetingBlocksAsItsRowSays(Row row) {
    assertThat(blocks(row, Meetings.DEFAULT)).hasSize(row.blocks());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void andItsFieldChangesIt(Row row) {
    assertThat(blocks(row, changed(row.field()))).hasSize(row.then());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void noOtherFieldChangesIt(Row row) {
    for (String field : List.of("busy", "free", "tentative", "oof", "workingElsewhere")) {
      if (!field.equals(row.field())) {
        boolean also = row.when().contains("day") && row.field().equals("allDay");
        assertThat(also || blocks(row, changed(field)).size() == row.blocks())
            .as("%s by %s", row, field)
            .isTrue();
      }
    }
  }

  /** The days on which the clocks change, and one in between. */
  @ParameterizedTest
  @CsvSource({"2027-03-14, 23", "2026-11-01, 25", "2026-12-08, 24"})
  void aDayIsTheDayOfTheClinic(LocalDate day, int hours) {
    StoredMeeting meeting = meeting(new AllDay(day, day.plusDays(1)));
    Interval time = MeetingPolicy.of(meeting.facts(), Meetings.DEFAULT, ZONE).time().orElseThrow();

    assertThat(time.start()).isEqualTo(day.atStartOfDay(ZONE).toInstant());
    assertThat(time.length()).isEqualTo(Duration.ofHours(hours));
    Interval around = time.widened(Duration.ofDays(3), Duration.ofDays(3));
    assertThat(MeetingPolicy.parts(time, ZONE, around)).containsExactly(new Part(0, time));
  }

  @Test
  void daysOfOneMeetingTouchAndCoverIt() {
    Interval time =
        new Interval(Instant.parse("2027-03-13T01:00:00Z"), Instant.parse("2027-03-16T20:00:00Z"));
    List<Part> parts =
        MeetingPolicy.parts(time, ZONE, time.widened(Duration.ofDays(9), Duration.ofDays(9)))
            .toList();

    assertThat(parts).extracting(Part::day).containsExactly(0, 1, 2, 3, 4);
    assertThat(parts.get(0).time().start()).isEqualTo(time.start());
    assertThat(parts.get(4).time().end()).isEqualTo(time.end());
    for (int n = 1; n < parts.size(); n++) {
      assertThat(parts.get(n).time().start()).isEqualTo(parts.get(n - 1).time().end());
    }
  }

  @Test
  void aMeetingOfYearsTakesOnlyTheDaysOfTheWindow() {
    Interval years =
        new Interval(Instant.parse("2020-01-01T08:00:00Z"), Instant.parse("2099-01-01T08:00:00Z"));
    List<Part> parts = MeetingPolicy.parts(years, ZONE, WINDOW).toList();

    assertThat(parts).hasSize(62);
    assertThat(parts.get(0).time().start()).isEqualTo(WINDOW.start());
    Interval later = new Interval(WINDOW.start().plus(Duration.ofDays(7)), WINDOW.end());
    assertThat(MeetingPolicy.parts(years, ZONE, later))
        .as("a day keeps its number when the window moves")
        .isSubsetOf(parts);
  }

  @Test
  void everySecondOfAMeetingIsCovered() {
    Timed odd = new Timed(START.plusSeconds(31), START.plusSeconds(1801));

    assertThat(MeetingPolicy.of(meeting(odd).facts(), Meetings.DEFAULT, ZONE).time())
        .contains(new Interval(START, START.plusSeconds(1860)));
  }

  @Test
  void aMeetingThatEndsBeforeItBeginsBlocksNothing() {
    Timed backwards = new Timed(START, START.minusSeconds(600));

    assertThat(MeetingPolicy.of(meeting(backwards).facts(), Meetings.DEFAULT, ZONE).reason())
        .isEqualTo(Reason.NO_DURATION);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRowOfTheTableOfTheStoreKeepsTheWholeMeeting(Row row) {
    assertThat(StoredMeeting.parse("event", row.stored().text())).isEqualTo(row.stored());
  }

  private static List<Part> blocks(Row row, Meetings rules) {
    return MeetingPolicy.of(row.stored().facts(), rules, ZONE).time().stream()
        .flatMap(time -> MeetingPolicy.parts(time, ZONE, WINDOW))
        .toList();
  }

  private static StoredMeeting meeting(When when) {
    return new StoredMeeting(
        "event",
        Optional.empty(),
        "block",
        when,
        Availability.BUSY,
        Kind.DEFAULT,
        Answer.ACCEPTED,
        false,
        false,
        false,
        Optional.empty());
  }

  private static Meetings changed(String field) {
    Meetings usual = Meetings.DEFAULT;
    Blocks blocks = usual.blocks();
    return new Meetings(
        usual.eventType(),
        usual.title(),
        usual.subject(),
        field.equals("minimumMinutes") ? Duration.ofMinutes(4) : usual.minimumLength(),
        new Blocks(
            blocks.busy() ^ field.equals("busy"),
            blocks.oof() ^ field.equals("oof"),
            blocks.tentative() ^ field.equals("tentative"),
            blocks.workingElsewhere() ^ field.equals("workingElsewhere"),
            blocks.free() ^ field.equals("free"),
            blocks.allDay() ^ field.equals("allDay")),
        usual.checkAtBooking(),
        usual.staffMayFree(),
        usual.poll(),
        usual.zone());
  }
}
