package clinic.scheduling.calendaraccess.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;
import clinic.scheduling.core.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeetingTest {
  private static final Interval WINDOW =
      new Interval(Instant.parse("2027-02-01T08:00:00Z"), Instant.parse("2027-02-10T08:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "2027-02-01T07:00:00Z,2027-02-01T08:00:00Z,false",
    "2027-02-01T07:00:00Z,2027-02-01T08:00:01Z,true",
    "2027-02-01T08:00:00Z,2027-02-01T08:00:00Z,true",
    "2027-02-10T07:59:00Z,2027-02-11T08:00:00Z,true",
    "2027-02-10T08:00:00Z,2027-02-10T08:00:00Z,false",
    "2027-01-01T08:00:00Z,2027-03-01T08:00:00Z,true"
  })
  void aMeetingOverlapsTheWindowOrDoesNot(Instant start, Instant end, boolean overlaps) {
    assertThat(at(new Timed(start, end)).overlaps(WINDOW)).isEqualTo(overlaps);
  }

  @ParameterizedTest
  @CsvSource({
    "2027-01-30,2027-01-31,false",
    "2027-01-31,2027-02-01,true",
    "2027-02-10,2027-02-11,true",
    "2027-02-11,2027-02-12,false"
  })
  void aDayOverlapsTheWindowIfItDoesSomewhere(LocalDate start, LocalDate end, boolean overlaps) {
    assertThat(at(new AllDay(start, end)).overlaps(WINDOW)).isEqualTo(overlaps);
  }

  private static Meeting at(When when) {
    return new Meeting(
        "id",
        "uid",
        Optional.empty(),
        Optional.empty(),
        when,
        Availability.BUSY,
        Kind.DEFAULT,
        Answer.ACCEPTED,
        false,
        false,
        Optional.empty(),
        false);
  }
}
