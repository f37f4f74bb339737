package clinic.scheduling.calendars.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import com.microsoft.graph.models.Event;
import com.microsoft.kiota.serialization.JsonParseNodeFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each property of an event means for a meeting. The JSON has the shape of Graph's answers.
 */
class OutlookMeetingTest {
  private static final String TIMES =
      "\"start\":{\"dateTime\":\"2027-02-03T17:00:00.0000000\",\"timeZone\":\"UTC\"},"
          + "\"end\":{\"dateTime\":\"2027-02-03T17:30:00.0000000\",\"timeZone\":\"UTC\"}";

  @ParameterizedTest
  @CsvSource({
    "free,FREE",
    "tentative,TENTATIVE",
    "busy,BUSY",
    "oof,OOF",
    "workingElsewhere,WORKING_ELSEWHERE",
    "unknown,UNKNOWN",
    "somethingNew,UNKNOWN"
  })
  void eachWayToShowAMeetingIsKept(String showAs, Availability availability) {
    assertThat(meeting(TIMES + ",\"showAs\":\"" + showAs + "\"").availability())
        .isEqualTo(availability);
  }

  @ParameterizedTest
  @CsvSource({"normal,false", "personal,true", "private,true", "confidential,true"})
  void whatIsNotNormalIsPrivate(String sensitivity, boolean isPrivate) {
    assertThat(meeting(TIMES + ",\"sensitivity\":\"" + sensitivity + "\"").isPrivate())
        .isEqualTo(isPrivate);
  }

  @ParameterizedTest
  @CsvSource({
    "none,ACCEPTED",
    "organizer,ACCEPTED",
    "accepted,ACCEPTED",
    "tentativelyAccepted,TENTATIVE",
    "declined,DECLINED",
    "notResponded,NOT_ANSWERED"
  })
  void theAnswerOfTheOwnerIsKept(String response, Answer answer) {
    assertThat(meeting(TIMES + ",\"responseStatus\":{\"response\":\"" + response + "\"}").answer())
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,2027-02-03T17:00:00Z",
    "Pacific Standard Time,2027-02-04T01:00:00Z",
    "America/New_York,2027-02-03T22:00:00Z"
  })
  void aTimeIsInAZoneOfEitherKind(String zone, Instant start) {
    assertThat(meeting(TIMES.replace("UTC", zone)).when())
        .isEqualTo(new Timed(start, start.plusSeconds(1800)));
  }

  @Test
  void aTimeInAnUnknownZoneIsAllThatItMayBe() {
    assertThat(meeting(TIMES.replace("UTC", "Atlantis Standard Time")).when())
        .isEqualTo(
            new Timed(
                Instant.parse("2027-02-03T03:00:00Z"), Instant.parse("2027-02-04T05:30:00Z")));
  }

  @Test
  void aMeetingWithoutAStartIsNotGuessed() {
    assertThat(read("\"subject\":\"Board\"")).isEmpty();
  }

  @Test
  void aMeetingMayHaveNoDurationAndNoEnd() {
    Instant start = Instant.parse("2027-02-03T17:00:00Z");

    assertThat(meeting(TIMES.replace("17:30", "17:00")).when()).isEqualTo(new Timed(start, start));
    assertThat(meeting(TIMES.replaceFirst(",\"end\".*", "")).when())
        .isEqualTo(new Timed(start, start));
  }

  @ParameterizedTest
  @CsvSource({
    "2027-02-03T00:00:00.0000000,Pacific Standard Time",
    "2027-02-03T08:00:00.0000000,Pacific Standard Time",
    "2027-02-03T08:00:00.0000000,Atlantis Standard Time",
    "2027-02-02T23:00:00.0000000,Europe/Berlin",
    "2027-02-02T11:00:00.0000000,New Zealand Standard Time"
  })
  void anAllDayMeetingIsOnItsDayHoweverGraphWritesIt(String midnight, String madeIn) {
    String time = "{\"dateTime\":\"" + midnight + "\",\"timeZone\":\"UTC\"}";
    String json = "\"isAllDay\":true,\"start\":%s,\"end\":%s,\"originalStartTimeZone\":\"%s\"";

    LocalDate day = LocalDate.parse("2027-02-03");
    assertThat(meeting(json.formatted(time, time, madeIn)).when())
        .isEqualTo(new AllDay(day, day.plusDays(1)));
  }

  @Test
  void anInstanceHasTheUidOfItsSeriesIfThatIsKnown() {
    String instance =
        TIMES + ",\"type\":\"occurrence\",\"seriesMasterId\":\"s\",\"iCalUId\":\"instance\"";

    assertThat(read(instance, "\"iCalUId\":\"series\"").map(Meeting::uid)).contains("series");
    assertThat(meeting(instance).uid()).isEqualTo("instance");
    assertThat(meeting(instance).series()).contains("s");
    assertThat(meeting(TIMES).uid()).isEqualTo("id-1");
  }

  @Test
  void aMovedInstanceKeepsItsOriginalStart() {
    String moved = TIMES + ",\"seriesMasterId\":\"s\",\"originalStart\":\"2027-02-02T17:00:00Z\"";

    assertThat(meeting(moved).originalStart()).contains(Instant.parse("2027-02-02T17:00:00Z"));
    assertThat(meeting(TIMES + ",\"seriesMasterId\":\"s\"").originalStart())
        .contains(Instant.parse("2027-02-03T17:00:00Z"));
  }

  @Test
  void ourStampMakesItOursAndSoDoesThatOfItsSeries() {
    String stamp =
        ",\"singleValueExtendedProperties\":[{\"id\":\"%s\",\"value\":\"visit#0\"}]"
            .formatted(EntryStamp.OUTLOOK_PROPERTY);

    assertThat(meeting(TIMES + stamp).isOurs()).isTrue();
    assertThat(read(TIMES + ",\"seriesMasterId\":\"s\"", TIMES + stamp).orElseThrow().isOurs())
        .isTrue();
    assertThat(meeting(TIMES).isOurs()).isFalse();
  }

  private static Meeting meeting(String members) {
    return read(members).orElseThrow();
  }

  private static Optional<Meeting> read(String members) {
    return new OutlookMeeting(event(members), Optional.empty()).meeting();
  }

  private static Optional<Meeting> read(String members, String master) {
    return new OutlookMeeting(event(members), Optional.of(event(master))).meeting();
  }

  private static Event event(String members) {
    byte[] json = ("{\"id\":\"id-1\"," + members + "}").getBytes(StandardCharsets.UTF_8);
    return new JsonParseNodeFactory()
        .getParseNode("application/json", new ByteArrayInputStream(json))
        .getObjectValue(Event::createFromDiscriminatorValue);
  }
}
