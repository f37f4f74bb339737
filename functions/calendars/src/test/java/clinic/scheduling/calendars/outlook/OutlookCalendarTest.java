package clinic.scheduling.calendars.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarContract;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.ReadResult;
import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsoup.nodes.Entities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OutlookCalendarTest extends CalendarContract {
  @Inject OutlookCalendar outlook;

  @Override
  protected Calendar calendar() {
    return outlook;
  }

  @Override
  protected List<JsonNode> events() {
    return by.outlook(MAILBOX);
  }

  @Override
  protected void deleteByHand(String id) {
    by.deleteInOutlook(MAILBOX, id);
  }

  @Override
  protected void changeByHand(String id, String json) {
    by.changeInOutlook(MAILBOX, id, json);
  }

  @Override
  protected List<String> changesByHand() {
    return List.of(
        "{\"subject\":\"Lunch\"}",
        "{\"body\":{\"contentType\":\"html\",\"content\":\"<p>Hi</p>\"}}",
        "{\"location\":{\"displayName\":\"Somewhere\"}}",
        "{\"start\":{\"dateTime\":\"2026-11-24T16:45:00\",\"timeZone\":\"UTC\"}}",
        "{\"end\":{\"dateTime\":\"2026-11-24T17:45:00\",\"timeZone\":\"UTC\"}}",
        "{\"isAllDay\":true,"
            + "\"start\":{\"dateTime\":\"2026-11-24T00:00:00\",\"timeZone\":\"UTC\"},"
            + "\"end\":{\"dateTime\":\"2026-11-25T00:00:00\",\"timeZone\":\"UTC\"}}",
        "{\"showAs\":\"free\"}",
        "{\"sensitivity\":\"normal\"}",
        onThreeDays());
  }

  @Override
  protected String at(Instant start) {
    String time = "{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"}";
    return "{\"start\":%s,\"end\":%s}"
        .formatted(
            time.formatted(start.toString().replace("Z", "")),
            time.formatted(start.plusSeconds(600).toString().replace("Z", "")));
  }

  @Override
  protected String onThreeDays() {
    return "{\"recurrence\":{\"pattern\":{\"type\":\"daily\",\"interval\":1},"
        + "\"range\":{\"type\":\"numbered\",\"startDate\":\"2026-11-24\","
        + "\"numberOfOccurrences\":3}}}";
  }

  @Override
  protected String secondOf(String id) {
    return id.replaceFirst("AAA=$", "20261125AAA=");
  }

  @Override
  protected void makeByHand(Interval time) {
    String json =
        "{\"subject\":\"Lunch\",\"start\":{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"},"
            + "\"end\":{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"}}";
    by.makeInOutlook(MAILBOX, json.formatted(time.start(), time.end()).replace("Z\"", "\""));
  }

  @Override
  protected Faults faults() {
    return sandbox.graph().faults();
  }

  @Override
  protected String textOf(JsonNode event) {
    return event.path("subject") + " " + event.path("body") + " " + event.path("location");
  }

  @Override
  protected String detailsAsHtml(JsonNode event) {
    assertThat(event.path("body").path("contentType").asText()).isEqualTo("text");
    return Entities.escape(event.path("body").path("content").asText());
  }

  @Override
  protected String startOf(JsonNode event) {
    return event.path("start").path("dateTime").asText();
  }

  @Test
  void anAddressCanBeNavigatedToAndDetailsAreKeptFromOthers() {
    outlook.create(MAILBOX, name, full(someTime()));

    JsonNode event = events().get(0);
    assertThat(event.path("location").path("address").path("city").asText())
        .isEqualTo("Harborview");
    assertThat(event.path("sensitivity").asText()).isEqualTo("private");
    assertThat(event.path("showAs").asText()).isEqualTo("busy");
    assertThat(event.path("singleValueExtendedProperties").toString()).contains(name.stamp());
  }

  @Test
  void aRepeatThatIsAnsweredWithAConflictIsTheSameEntry() {
    String first = standing(outlook.create(MAILBOX, name, full(someTime())));
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 409, "", null, 0));

    assertThat(standing(outlook.create(MAILBOX, name, full(someTime())))).isEqualTo(first);
  }

  @Test
  void aLocalTimeIsTheTimeOfThePlaceOnBothSidesOfTheClockChange() {
    Instant summer = Instant.parse("2026-10-30T16:00:00Z");
    outlook.create(MAILBOX, name, full(Interval.of(summer, Duration.ofMinutes(30))));

    assertThat(startOf(events().get(0))).startsWith("2026-10-30T16:00");
  }

  @Test
  void theTwoHoursOfTheAutumnNightAreToldApart() {
    Instant summer = Instant.parse("2026-11-01T08:30:00Z");
    Instant winter = Instant.parse("2026-11-01T09:30:00Z");
    outlook.create(MAILBOX, name, full(Interval.of(summer, Duration.ofMinutes(30))));
    outlook.create(MAILBOX, name.next(), full(Interval.of(winter, Duration.ofMinutes(30))));

    assertThat(events().stream().map(event -> startOf(event).substring(0, 16)))
        .containsExactlyInAnyOrder("2026-11-01T08:30", "2026-11-01T09:30");
  }

  @Test
  void aPageThatSaysNotFoundSaysNothingAboutTheEntry() {
    String id = standing(outlook.create(MAILBOX, name, full(someTime())));
    faults().add(new Fault(Fault.Kind.PAGE, 1, "PATCH .*events", 404, "", null, 0));

    assertThat(update(id, busy(someTime()))).isInstanceOf(CalendarOutcome.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"textOnRequest\":false}",
        "{\"linkedBodies\":true}",
        "{\"textOnRequest\":false,\"linkedBodies\":true}"
      })
  void aBodyThatExchangeHasMadeSomethingElseOfReadsBackAsWritten(String tenant) {
    by.setOutlook(tenant);
    CalendarEntry entry =
        saying(
            "Visit",
            "Reason: a < b & \"c\" \u00e9, see https://other.example.invalid/a?b=1&c=2\n"
                + "Meeting: https://meet.example.invalid/1\nCanvas: https://canvas.example.invalid",
            "Here");
    String id = standing(outlook.create(MAILBOX, name, entry));

    assertThat(outlook.read(MAILBOX, id, NINE))
        .isEqualTo(new ReadResult.Found(outlook.expectedContent(entry)));
    by.changeInOutlook(
        MAILBOX, id, "{\"body\":{\"contentType\":\"html\",\"content\":\"<p>Hi</p>\"}}");
    assertThat(outlook.read(MAILBOX, id, NINE))
        .isNotEqualTo(new ReadResult.Found(outlook.expectedContent(entry)));
  }

  @Test
  void aLackOfRightsMayPass() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 403, "", null, 0));

    assertThat(outlook.create(MAILBOX, name, busy(someTime())))
        .isEqualTo(new CalendarOutcome.Denied("ErrorAccessDenied"));
  }

  @Test
  void whatSomebodyDraggedIntoAnotherCalendarIsGoneAndNothingIsLeftThere() {
    String id = standing(outlook.create(MAILBOX, name, full(NINE)));
    by.moveInOutlook(MAILBOX, id, "otherCalendar");

    assertThat(outlook.read(MAILBOX, id, NINE)).isEqualTo(new ReadResult.Absent());
    assertThat(update(id, full(TEN))).isInstanceOf(CalendarOutcome.Gone.class);
    assertThat(by.inOtherCalendars(MAILBOX)).isEmpty();
    assertThat(by.inBins().toString()).doesNotContain("Ada Fixture", "knee", "Test Way");
    String anew = standing(outlook.create(MAILBOX, name.next(), full(TEN)));
    assertThat(listed(TEN)).extracting(ListedEntry::externalId).containsExactly(anew);
  }

  @Test
  void whatLiesInDeletedItemsIsWipedThere() {
    String id = standing(outlook.create(MAILBOX, name, full(NINE)));
    by.deleteInOutlook(MAILBOX, id);
    assertThat(by.inBins().toString()).contains("Ada Fixture");

    assertThat(update(id, full(TEN))).isInstanceOf(CalendarOutcome.Gone.class);

    assertThat(by.inBins()).hasSize(1);
    assertThat(by.inBins().toString()).doesNotContain("Ada Fixture", "knee", "Test Way");
  }

  @ParameterizedTest
  @ValueSource(strings = {"otherCalendar", "deletedItems"})
  void aCreateThatIsAnsweredWithSomethingOldElsewhereHasMadeNothing(String folder) {
    String id = standing(outlook.create(MAILBOX, name, full(NINE)));
    by.moveInOutlook(MAILBOX, id, folder);
    clock.move(Duration.ofMinutes(10));

    assertThat(outlook.create(MAILBOX, name, full(NINE))).isInstanceOf(CalendarOutcome.Gone.class);

    assertThat(by.inOtherCalendars(MAILBOX)).isEmpty();
    standing(outlook.create(MAILBOX, name.next(), full(NINE)));
    assertThat(listed(NINE)).hasSize(1);
  }

  private static Interval someTime() {
    return Interval.of(Instant.parse("2026-11-24T17:00:00Z"), Duration.ofMinutes(30));
  }
}
