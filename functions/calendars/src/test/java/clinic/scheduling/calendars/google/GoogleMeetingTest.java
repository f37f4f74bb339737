package clinic.scheduling.calendars.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.google.GoogleMeeting;
import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.core.Interval;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each field of an event means for a meeting. The JSON has the shape of Google's answers. */
class GoogleMeetingTest {
  private static final Interval WINDOW =
      new Interval(Instant.parse("2027-02-01T08:00:00Z"), Instant.parse("2027-04-01T07:00:00Z"));
  private static final String TIMES =
      "\"start\":{\"dateTime\":\"2027-02-03T09:00:00-08:00\",\"timeZone\":\"America/Los_Angeles\"},"
          + "\"end\":{\"dateTime\":\"2027-02-03T09:30:00-08:00\"}";
  private static final Instant NINE = Instant.parse("2027-02-03T17:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "default,DEFAULT",
    "focusTime,FOCUS_TIME",
    "outOfOffice,OUT_OF_OFFICE",
    "workingLocation,WORKING_LOCATION",
    "birthday,BIRTHDAY",
    "fromGmail,FROM_GMAIL",
    "somethingNew,OTHER"
  })
  void eachKindOfEventKeepsItsKind(String type, Kind kind) {
    assertThat(meeting(TIMES + ",\"eventType\":\"" + type + "\"").kind()).isEqualTo(kind);
    assertThat(meeting(TIMES).kind()).isEqualTo(Kind.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "confirmed,opaque,BUSY",
    "tentative,opaque,TENTATIVE",
    "confirmed,transparent,FREE",
    "tentative,transparent,FREE"
  })
  void aMeetingIsFreeOrTentativeOrBusy(String status, String transparency, Availability as) {
    String json = ",\"status\":\"%s\",\"transparency\":\"%s\"".formatted(status, transparency);

    assertThat(meeting(TIMES + json).availability()).isEqualTo(as);
    assertThat(meeting(TIMES).availability()).isEqualTo(Availability.BUSY);
  }

  @ParameterizedTest
  @CsvSource({
    "accepted,ACCEPTED",
    "tentative,TENTATIVE",
    "declined,DECLINED",
    "needsAction,NOT_ANSWERED"
  })
  void theAnswerOfTheOwnerIsKept(String response, Answer answer) {
    String attendees =
        ",\"attendees\":[{\"responseStatus\":\"accepted\"},{\"self\":true,\"responseStatus\":\"%s\"}]";

    assertThat(meeting(TIMES + attendees.formatted(response)).answer()).isEqualTo(answer);
    assertThat(meeting(TIMES).answer()).isEqualTo(Answer.ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({"default,false", "public,false", "private,true", "confidential,true"})
  void aPrivateMeetingIsPrivate(String visibility, boolean isPrivate) {
    assertThat(meeting(TIMES + ",\"visibility\":\"" + visibility + "\"").isPrivate())
        .isEqualTo(isPrivate);
  }

  @Test
  void aMeetingMayHaveNoDurationAndNoEnd() {
    assertThat(meeting(TIMES + ",\"endTimeUnspecified\":true").when())
        .isEqualTo(new Timed(NINE, NINE));
    assertThat(meeting(TIMES.replace("09:30", "09:00")).when()).isEqualTo(new Timed(NINE, NINE));
    assertThat(meeting(TIMES.replaceFirst(",\"end\".*", "")).when())
        .isEqualTo(new Timed(NINE, NINE));
  }

  @Test
  void anAllDayMeetingWithoutAnEndIsOnOneDay() {
    String day = "\"start\":{\"date\":\"2027-02-03\"}";
    LocalDate third = LocalDate.parse("2027-02-03");

    assertThat(meeting(day).when()).isEqualTo(new AllDay(third, third.plusDays(1)));
    assertThat(meeting(day + ",\"end\":{\"date\":\"2027-02-06\"}").when())
        .isEqualTo(new AllDay(third, third.plusDays(3)));
  }

  @Test
  void anInstanceNamesItsSeriesAndItsOriginalStart() {
    Meeting timed =
        meeting(
            TIMES
                + ",\"iCalUID\":\"uid@google.com\",\"recurringEventId\":\"s\",\"originalStartTime\":"
                + "{\"dateTime\":\"2027-02-02T09:00:00-08:00\"}");
    Meeting day = meeting(TIMES + ",\"originalStartTime\":{\"date\":\"2027-02-02\"}");

    assertThat(timed.uid()).isEqualTo("uid@google.com");
    assertThat(timed.series()).contains("s");
    assertThat(timed.originalStart()).contains(Instant.parse("2027-02-02T17:00:00Z"));
    assertThat(day.originalStart()).contains(Instant.parse("2027-02-02T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"appointmentThread\":\"visit#0\"}",
        "{\"madeBy\":\"external-scheduling\"}",
        "{\"madeBy\":\"external-scheduling\",\"appointmentThread\":\"changed by hand\"}"
      })
  void ourStampMakesItOurs(String properties) {
    String json = ",\"extendedProperties\":{\"private\":" + properties + "}";

    assertThat(meeting(TIMES + json).isOurs()).isTrue();
    assertThat(meeting(TIMES + ",\"extendedProperties\":{\"private\":{\"a\":\"b\"}}").isOurs())
        .isFalse();
  }

  @Test
  void whatIsDeletedOrOutsideTheWindowIsRemoved() {
    assertThat(change("\"status\":\"cancelled\"")).contains(new MeetingChange.Removed("id1"));
    assertThat(change(TIMES.replace("2027", "2026"))).contains(new MeetingChange.Removed("id1"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "abc_20270203T170000Z,abc",
        "abc_R20270203T170000_20270204,abc_R20270203T170000",
        "abc,none",
        "_abc,none"
      })
  void aCancelledInstanceNamesItsSeriesByItsId(String id, @Nullable String series) {
    assertThat(read("{\"id\":\"" + id + "\",\"status\":\"cancelled\"}").seriesOfCancelled())
        .isEqualTo(Optional.ofNullable(series));
    assertThat(read("{\"id\":\"" + id + "\"}").seriesOfCancelled()).isEmpty();
  }

  @Test
  void whatCannotBeUnderstoodIsNotGuessed() {
    assertThat(change("\"status\":\"confirmed\"")).isEmpty();
    assertThat(change("\"start\":{\"dateTime\":\"tomorrow\"}")).isEmpty();
  }

  private static Meeting meeting(String members) {
    return change(members)
        .orElseThrow()
        .fold(
            MeetingChange.Present::meeting,
            removed -> {
              throw new AssertionError("removed");
            });
  }

  private static Optional<MeetingChange> change(String members) {
    return MeetingPage.change(read("{\"id\":\"id1\"," + members + "}"), WINDOW);
  }

  private static GoogleMeeting read(String json) {
    try {
      return new ObjectMapper().readValue(json, GoogleMeeting.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
