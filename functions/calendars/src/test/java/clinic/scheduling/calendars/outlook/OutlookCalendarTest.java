package clinic.scheduling.calendars.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarContract;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        "{\"sensitivity\":\"normal\"}");
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

    assertThat(outlook.update(MAILBOX, id, busy(someTime())))
        .isInstanceOf(CalendarOutcome.Unknown.class);
  }

  @Test
  void aLackOfRightsMayPass() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 403, "", null, 0));

    assertThat(outlook.create(MAILBOX, name, busy(someTime())))
        .isEqualTo(new CalendarOutcome.Denied("ErrorAccessDenied"));
  }

  private static Interval someTime() {
    return Interval.of(Instant.parse("2026-11-24T17:00:00Z"), Duration.ofMinutes(30));
  }
}
