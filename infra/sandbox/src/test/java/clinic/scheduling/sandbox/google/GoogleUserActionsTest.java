package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleUserActionsTest {
  private static final String ID = "lunch1";

  private GoogleCalendar google;

  @BeforeEach
  void start() throws Exception {
    google = new GoogleCalendar();
    google.insert(
        GoogleCalendar.event(
            ",\"id\":\"lunch1\",\"extendedProperties\":{\"private\":{\"canvas\":\"one\"}}"));
  }

  @AfterEach
  void stop() {
    assertThat(google.google.watch().broken()).isEmpty();
    google.close();
  }

  @Test
  void aNewUserGetsACalendarAndOthersKeepTheirs() throws Exception {
    google.http.send("POST", "/google-control/calendars/new@example.invalid", "");
    google.http.send("POST", "/google-control/calendars/" + GoogleCalendar.INGRID, "");

    String events = "/google/calendar/v3/calendars/new%40example.invalid/events";
    assertThat(google.as("new@example.invalid").get(events).json().path("items")).isEmpty();
    assertThat(ids()).containsExactly(ID);
  }

  @Test
  void aMovedEventKeepsItsLength() throws Exception {
    act(ID + "/move", "{\"start\":\"2026-02-05T14:00:00-08:00\"}");

    assertThat(times(ID)).containsExactly("2026-02-05T14:00:00-08:00", "2026-02-05T14:30:00-08:00");
  }

  @Test
  void aMovedSeriesChangesItsWeekday() throws Exception {
    act(ID + "/repeat", "{\"recurrence\":[\"RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2\"]}");

    act(ID + "/move", "{\"start\":\"2026-02-05T14:00:00-08:00\"}");

    assertThat(ids()).containsExactly("lunch1_20260205T220000Z", "lunch1_20260212T220000Z");
  }

  @Test
  void aMovedWholeDayKeepsItsDays() throws Exception {
    google.hand(
        "POST",
        "",
        "{\"id\":\"vacation1\",\"start\":{\"date\":\"2026-03-07\"},\"end\":{\"date\":\"2026-03-10\"}}");

    act("vacation1/move", "{\"start\":\"2026-04-01\"}");

    assertThat(
            google.http.get(GoogleCalendar.EVENTS + "/vacation1").json().at("/end/date").asText())
        .isEqualTo("2026-04-04");
  }

  @Test
  void anEventIsShortenedEvenToNothing() throws Exception {
    act(ID + "/shorten", "{\"minutes\":10}");
    assertThat(times(ID).get(1)).isEqualTo("2026-02-03T09:10:00-08:00");

    act(ID + "/shorten", "{\"minutes\":0}");
    assertThat(times(ID).get(1)).isEqualTo("2026-02-03T09:00:00-08:00");
  }

  @Test
  void anEventWithoutAnEndHasOneForOldPrograms() throws Exception {
    JsonNode made =
        google
            .hand(
                "POST",
                "",
                "{\"start\":{\"dateTime\":\"2026-02-03T09:00:00-08:00\"},\"endTimeUnspecified\":true}")
            .json();

    assertThat(made.at("/end/dateTime")).isEqualTo(made.at("/start/dateTime"));
    assertThat(
            google
                .insert(
                    "{\"start\":{\"dateTime\":\"2026-02-03T09:00:00-08:00\"},"
                        + "\"endTimeUnspecified\":true}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void anEventIsMadeRecurring() throws Exception {
    act(ID + "/repeat", "{\"recurrence\":[\"RRULE:FREQ=DAILY;COUNT=3\"]}");

    assertThat(ids()).hasSize(3).allMatch(id -> id.startsWith("lunch1_"));
  }

  @Test
  void thisAndFollowingEventsBecomeASeriesOfTheirOwn() throws Exception {
    act(ID + "/repeat", "{\"recurrence\":[\"RRULE:FREQ=DAILY;COUNT=5\"]}");
    google.hand("DELETE", "/lunch1_20260206T170000Z", "");

    JsonNode rest = act("lunch1_20260205T170000Z/split", "{\"summary\":\"Late\"}");

    assertThat(rest.get("id").asText()).isEqualTo("lunch1_R20260205T170000");
    assertThat(rest.get("iCalUID").asText()).isEqualTo("lunch1_R20260205T170000@google.com");
    assertThat(rest.at("/recurrence/0").asText()).isEqualTo("RRULE:FREQ=DAILY;COUNT=3");
    assertThat(one(ID).at("/recurrence/0").asText())
        .isEqualTo("RRULE:FREQ=DAILY;UNTIL=20260205T165959Z");
    assertThat(ids())
        .containsExactlyInAnyOrder(
            "lunch1_20260203T170000Z",
            "lunch1_20260204T170000Z",
            "lunch1_R20260205T170000_20260205T170000Z",
            "lunch1_R20260205T170000_20260206T170000Z",
            "lunch1_R20260205T170000_20260207T170000Z");
  }

  @Test
  void aCopyCarriesTheHiddenProperties() throws Exception {
    JsonNode copy = act(ID + "/copy", "{\"start\":\"2026-02-05T14:00:00-08:00\"}");

    assertThat(copy.get("id").asText()).isNotEqualTo(ID);
    assertThat(copy.get("iCalUID").asText()).isNotEqualTo(one(ID).get("iCalUID").asText());
    assertThat(copy.at("/extendedProperties/private/canvas").asText()).isEqualTo("one");
    assertThat(times(ID).get(0)).isEqualTo("2026-02-03T09:00:00-08:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"declined", "tentative", "needsAction", "accepted"})
  void theOwnerAnswersAnInvitation(String response) throws Exception {
    google.hand(
        "POST",
        "",
        "{\"id\":\"invited1\",\"organizer\":{\"email\":\"boss@example.invalid\"},\"attendees\":"
            + "[{\"email\":\"boss@example.invalid\"},{\"email\":\"Ingrid.Testwell@example.invalid\"}],"
            + GoogleCalendar.event("").trim().substring(1));

    JsonNode answered = act("invited1/respond", "{\"response\":\"" + response + "\"}");

    assertThat(answered.at("/organizer/self").asBoolean()).isFalse();
    assertThat(answered.at("/organizer/email").asText()).isEqualTo("boss@example.invalid");
    assertThat(answered.get("attendees")).hasSize(2);
    assertThat(answered.at("/attendees/1/self").asBoolean()).isTrue();
    assertThat(answered.at("/attendees/1/responseStatus").asText()).isEqualTo(response);
    assertThat(answered.at("/attendees/0/responseStatus").asText()).isEqualTo("needsAction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"outOfOffice", "focusTime", "workingLocation", "birthday", "fromGmail", "default"})
  void thereAreAllKindsOfEvents(String kind) throws Exception {
    Http.Answer made =
        google.hand("POST", "", GoogleCalendar.event(",\"eventType\":\"" + kind + "\""));

    String path = "/" + made.json().get("id").asText();
    assertThat(one(path.substring(1)).get("eventType").asText()).isEqualTo(kind);
    String other = kind.equals("default") ? "focusTime" : "default";
    assertThat(google.hand("PATCH", path, "{\"eventType\":\"" + other + "\"}").status())
        .isEqualTo(400);
  }

  @Test
  void onlyGoogleMakesEventsFromMail() throws Exception {
    assertThat(google.insert(GoogleCalendar.event(",\"eventType\":\"fromGmail\"")).status())
        .isEqualTo(400);
  }

  @Test
  void anImportedMeetingKeepsTheIdThatOtherCalendarsKnow() throws Exception {
    String body =
        GoogleCalendar.event(
            ",\"iCalUID\":\"meeting-1@example.invalid\","
                + "\"organizer\":{\"email\":\"boss@example.invalid\"}");
    String path = GoogleCalendar.EVENTS + "/import";

    JsonNode first = google.http.json("POST", path, body).json();
    JsonNode again = google.http.json("POST", path, body.replace("Busy", "Moved")).json();

    assertThat(again.get("id")).isEqualTo(first.get("id"));
    assertThat(again.get("iCalUID").asText()).isEqualTo("meeting-1@example.invalid");
    assertThat(again.get("summary").asText()).isEqualTo("Moved");
    assertThat(google.http.json("POST", path, GoogleCalendar.event("")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lunch1/dance {}",
        "lunch1/move {}",
        "lunch1/move {\"start\":\"soon\"}",
        "lunch1/shorten {}",
        "lunch1/respond {\"response\":\"no\"}",
        "lunch1/split {}"
      })
  void aWrongActionIsRefused(String action) throws Exception {
    String[] parts = action.split(" ", 2);

    assertThat(google.hand("POST", "/" + parts[0], parts[1]).status()).isEqualTo(400);
  }

  private JsonNode act(String path, String body) throws Exception {
    Http.Answer answer = google.hand("POST", "/" + path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode one(String id) throws Exception {
    return google.http.get(GoogleCalendar.EVENTS + "/" + id).json();
  }

  private List<String> times(String id) throws Exception {
    JsonNode event = one(id);
    return List.of(event.at("/start/dateTime").asText(), event.at("/end/dateTime").asText());
  }

  private List<String> ids() throws Exception {
    return google
        .http
        .get(GoogleCalendar.EVENTS + "?singleEvents=true")
        .json()
        .get("items")
        .valueStream()
        .map(item -> item.get("id").asText())
        .toList();
  }
}
