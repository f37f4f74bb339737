package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleKeepsEventsTest {
  private static final String ID = "bk0001abc";
  private static final String ONE = GoogleCalendar.EVENTS + "/" + ID;

  private GoogleCalendar google;

  @BeforeEach
  void start() throws Exception {
    google = new GoogleCalendar();
  }

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void anEventKeepsTheIdThatTheClientChose() throws Exception {
    Http.Answer created = google.insert(GoogleCalendar.event(",\"id\":\"" + ID + "\""));

    assertThat(created.status()).isEqualTo(200);
    assertThat(created.header("ETag")).isEqualTo(created.json().get("etag").asText());
    assertThat(google.http.get(ONE).json()).isEqualTo(created.json());
    assertThat(created.json().at("/end/dateTime").asText()).isEqualTo("2026-02-03T09:30:00-08:00");
    assertThat(created.json().get("status").asText()).isEqualTo("confirmed");
  }

  @Test
  void aChosenIdIsTakenForeverEvenByADeletedEvent() throws Exception {
    String body = GoogleCalendar.event(",\"id\":\"" + ID + "\"");
    google.insert(body);
    assertThat(google.insert(body).json().at("/error/errors/0/reason").asText())
        .isEqualTo("duplicate");

    assertThat(google.http.delete(ONE + "?sendUpdates=none").status()).isEqualTo(204);

    assertThat(google.insert(body).status()).isEqualTo(409);
    assertThat(google.http.delete(ONE).status()).isEqualTo(410);
    assertThat(google.http.get(ONE).json().get("status").asText()).isEqualTo("cancelled");
    assertThat(google.http.json("PATCH", ONE, "{\"status\":\"confirmed\"}").status())
        .isEqualTo(200);
    assertThat(google.http.get(GoogleCalendar.EVENTS).json().get("items")).hasSize(1);
  }

  @Test
  void aPatchMergesObjectsAndReplacesArrays() throws Exception {
    google.insert(
        GoogleCalendar.event(
                """
            ,"id":"bk0001abc","extendedProperties":{"private":{"a":"1","b":"2"}},
            "description":"x","recurrence":["RRULE:FREQ=DAILY"]
            """)
            .replace("09:00:00-08:00\"", "09:00:00-08:00\",\"timeZone\":\"America/Los_Angeles\""));

    JsonNode patched =
        google
            .http
            .json(
                "PATCH",
                ONE,
                "{\"extendedProperties\":{\"private\":{\"a\":\"9\"}},\"description\":null,"
                    + "\"recurrence\":[\"RRULE:FREQ=WEEKLY\"]}")
            .json();

    assertThat(patched.at("/extendedProperties/private").toString())
        .isEqualTo("{\"a\":\"9\",\"b\":\"2\"}");
    assertThat(patched.has("description")).isFalse();
    assertThat(patched.get("recurrence")).hasSize(1);
    assertThat(patched.get("summary").asText()).isEqualTo("Busy");
  }

  @Test
  void aSeriesIsListedOneByOneWithWhatWasChangedInOneAlone() throws Exception {
    google.insert(series());
    google.http.json("PATCH", ONE + "_20260204T170000Z", "{\"summary\":\"Lunch\"}");

    JsonNode single = items("?singleEvents=true");

    assertThat(single.findValuesAsText("summary")).containsExactly("Busy", "Lunch", "Busy");
    assertThat(single.findValuesAsText("recurringEventId")).containsOnly(ID).hasSize(3);
    assertThat(single.findValues("recurrence")).isEmpty();
    assertThat(google.http.get(ONE).json().get("recurrence")).hasSize(1);
  }

  @Test
  void aSeriesWithoutItsRuleIsOneEventAgain() throws Exception {
    google.insert(series());
    google.http.json("PATCH", ONE + "_20260204T170000Z", "{\"summary\":\"Lunch\"}");

    google.http.json("PATCH", ONE, "{\"recurrence\":[]}");

    assertThat(items("?singleEvents=true").findValuesAsText("id")).containsExactly(ID);
    assertThat(google.http.get(ONE).json().has("recurrence")).isFalse();
    assertThat(google.http.get(ONE + "_20260204T170000Z").status()).isEqualTo(404);
  }

  @Test
  void aRecurringEventNeedsAZone() throws Exception {
    assertThat(
            google.insert(GoogleCalendar.event(",\"recurrence\":[\"RRULE:FREQ=DAILY\"]")).status())
        .isEqualTo(400);
  }

  private static String series() {
    return GoogleCalendar.event(
            ",\"id\":\"" + ID + "\",\"recurrence\":[\"RRULE:FREQ=DAILY;COUNT=3\"]")
        .replace("09:00:00-08:00\"", "09:00:00-08:00\",\"timeZone\":\"America/Los_Angeles\"");
  }

  @Test
  void anUpdateReplacesTheWholeEventAndAMoveRaisesTheSequence() throws Exception {
    google.insert(GoogleCalendar.event(",\"id\":\"" + ID + "\",\"description\":\"x\""));
    String moved = GoogleCalendar.event("").replace("T09", "T11");

    JsonNode updated = google.http.json("PUT", ONE, moved).json();

    assertThat(updated.has("description")).isFalse();
    assertThat(updated.get("sequence").asInt()).isEqualTo(1);
  }

  @Test
  void aStaleEtagChangesNothing() throws Exception {
    String etag =
        google.insert(GoogleCalendar.event(",\"id\":\"" + ID + "\"")).json().get("etag").asText();
    Http conditional = google.http.with("If-Match", etag);

    assertThat(conditional.json("PATCH", ONE, "{\"summary\":\"first\"}").status()).isEqualTo(200);
    assertThat(conditional.json("PATCH", ONE, "{\"summary\":\"second\"}").status()).isEqualTo(412);
    assertThat(google.http.get(ONE).json().get("summary").asText()).isEqualTo("first");
  }

  @Test
  void aListIsFilteredByStampAndTimeAndHidesTheDeleted() throws Exception {
    google.insert(
        GoogleCalendar.event(
            ",\"id\":\"bk0001abc\",\"extendedProperties\":{\"private\":{\"canvas\":\"one\"}}"));
    google.insert(GoogleCalendar.event(",\"id\":\"bk0002abc\""));
    google.http.delete(GoogleCalendar.EVENTS + "/bk0002abc");

    assertThat(items("?privateExtendedProperty=canvas%3Done")).hasSize(1);
    assertThat(items("?privateExtendedProperty=canvas%3Dtwo")).isEmpty();
    assertThat(items("?timeMin=2026-02-03T17:30:00Z")).isEmpty();
    assertThat(items("?timeMin=2026-02-03T17:00:00Z&timeMax=2026-02-03T17:01:00Z")).hasSize(1);
    assertThat(items("")).hasSize(1);
    assertThat(items("?showDeleted=true")).hasSize(2);
  }

  @Test
  void aPersonDeletesByHandAndTheStateShowsIt() throws Exception {
    google.insert(GoogleCalendar.event(",\"id\":\"" + ID + "\""));

    google.http.delete("/google-control/calendars/" + GoogleCalendar.INGRID + "/events/" + ID);

    assertThat(
            google
                .http
                .get("/google-control/state")
                .json()
                .at("/calendars/0/events/0/status")
                .asText())
        .isEqualTo("cancelled");
  }

  private JsonNode items(String query) throws Exception {
    return google.http.get(GoogleCalendar.EVENTS + query).json().get("items");
  }

  @Test
  void whatWasDeletedCannotBeChangedOnlyBroughtBack() throws Exception {
    google.insert(GoogleCalendar.event(",\"id\":\"bk0001abc\""));
    String path = GoogleCalendar.EVENTS + "/bk0001abc";
    assertThat(google.http.delete(path).status()).isEqualTo(204);

    Http.Answer refused = google.http.json("PATCH", path, "{\"summary\":\"Moved\"}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().at("/error/errors/0/reason").asText()).isEqualTo("forbidden");
    assertThat(google.http.delete(path).status()).isEqualTo(410);
    assertThat(google.http.get(path).json().path("status").asText()).isEqualTo("cancelled");
    assertThat(google.insert(GoogleCalendar.event(",\"id\":\"bk0001abc\"")).status())
        .isEqualTo(409);
    assertThat(google.http.json("PATCH", path, "{\"status\":\"confirmed\"}").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "a & b, a &amp; b",
    "<b>a</b><br/>b, <b>a</b><br>b",
    "<script>a</script>b, b",
    "<img src=x>b, b",
    "&lt;b&gt; &quot;c&quot;, '&lt;b&gt; \"c\"'"
  })
  void aDescriptionIsHtmlAsGooglesEditorWritesIt(String sent, String kept) throws Exception {
    ObjectNode more = Json.object().put("description", sent);
    String member = "," + more.toString().substring(1, more.toString().length() - 1);

    assertThat(google.insert(GoogleCalendar.event(member)).json().path("description").asText())
        .isEqualTo(kept);
  }

  @Test
  void aTextThatIsTooLongOrHoldsAControlCharacterIsRefused() throws Exception {
    for (String text : List.of("x".repeat(8193), "a\\u0007b")) {
      assertThat(google.insert(GoogleCalendar.event(",\"description\":\"" + text + "\"")).status())
          .isEqualTo(400);
    }
  }
}
