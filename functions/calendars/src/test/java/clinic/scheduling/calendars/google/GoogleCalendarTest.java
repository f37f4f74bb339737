package clinic.scheduling.calendars.google;

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
class GoogleCalendarTest extends CalendarContract {
  private static final Interval TIME =
      Interval.of(Instant.parse("2026-11-24T17:00:00Z"), Duration.ofMinutes(30));

  @Inject GoogleCalendar google;

  @Override
  protected Calendar calendar() {
    return google;
  }

  @Override
  protected List<JsonNode> events() {
    return by.google(MAILBOX);
  }

  @Override
  protected void deleteByHand(String id) {
    by.deleteInGoogle(MAILBOX, id);
  }

  @Override
  protected void changeByHand(String id, String json) {
    by.changeInGoogle(MAILBOX, id, json);
  }

  @Override
  protected List<String> changesByHand() {
    return List.of(
        "{\"summary\":\"Lunch\"}",
        "{\"description\":\"\"}",
        "{\"location\":\"Somewhere\"}",
        "{\"start\":{\"dateTime\":\"2026-11-24T16:45:00Z\"}}",
        "{\"end\":{\"dateTime\":\"2026-11-24T17:45:00Z\"}}",
        "{\"start\":{\"date\":\"2026-11-24\",\"dateTime\":null},"
            + "\"end\":{\"date\":\"2026-11-25\",\"dateTime\":null}}",
        "{\"visibility\":\"public\"}",
        "{\"transparency\":\"transparent\"}",
        onThreeDays());
  }

  @Override
  protected String at(Instant start) {
    return "{\"start\":{\"dateTime\":\"%s\"},\"end\":{\"dateTime\":\"%s\"}}"
        .formatted(start, start.plusSeconds(600));
  }

  @Override
  protected String onThreeDays() {
    return "{\"recurrence\":[\"RRULE:FREQ=DAILY;COUNT=3\"]}";
  }

  @Override
  protected String secondOf(String id) {
    return id + "_20261125T170000Z";
  }

  @Override
  protected void makeByHand(Interval time) {
    by.makeInGoogle(
        MAILBOX,
        "{\"summary\":\"Lunch\",\"start\":{\"dateTime\":\"%s\"},\"end\":{\"dateTime\":\"%s\"}}"
            .formatted(time.start(), time.end()));
  }

  @Override
  protected Faults faults() {
    return sandbox.google().faults();
  }

  @Override
  protected String textOf(JsonNode event) {
    return event.path("summary") + " " + event.path("description") + " " + event.path("location");
  }

  @Override
  protected String detailsAsHtml(JsonNode event) {
    return event.path("description").asText();
  }

  @Override
  protected String startOf(JsonNode event) {
    return event.path("start").path("dateTime").asText();
  }

  @Test
  void theIdIsChosenHereAndTheStampIsOnThisCopyOnly() {
    String id = standing(google.create(MAILBOX, name, busy(TIME)));

    assertThat(id).isEqualTo(name.googleId());
    assertThat(events().get(0).path("extendedProperties").path("private").toString())
        .contains(name.stamp());
    assertThat(events().get(0).path("visibility").asText()).isEqualTo("private");
  }

  @Test
  void theNameOfADeletedEntryIsNotUsedAgain() {
    deleteByHand(standing(google.create(MAILBOX, name, busy(TIME))));

    assertThat(google.create(MAILBOX, name, busy(TIME))).isInstanceOf(CalendarOutcome.Gone.class);
  }

  @Test
  void aForbiddenStatusIsARateLimitOrALackOfRightsAsItsReasonSays() {
    faults()
        .add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 403, "rateLimitExceeded", null, 0));
    assertThat(google.create(MAILBOX, name, busy(TIME)))
        .isInstanceOf(CalendarOutcome.TryLater.class);

    faults().add(new Fault(Fault.Kind.STATUS, 1, "POST .*events", 403, "forbidden", null, 0));
    assertThat(google.create(MAILBOX, name, busy(TIME)))
        .isEqualTo(new CalendarOutcome.Denied("403-forbidden"));
  }
}
