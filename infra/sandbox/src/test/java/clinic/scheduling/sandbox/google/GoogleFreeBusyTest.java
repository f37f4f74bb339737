package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleFreeBusyTest {
  private static final String AUTH = "https://www.googleapis.com/auth/";
  private static final String QUERY = "/google/calendar/v3/freeBusy";

  private GoogleCalendar google;
  private Http reader;

  @BeforeEach
  void start() throws Exception {
    google = new GoogleCalendar();
    reader = google.as(GoogleCalendar.INGRID, AUTH + "calendar.freebusy");
  }

  @AfterEach
  void stop() {
    assertThat(google.google.watch().broken()).isEmpty();
    google.close();
  }

  @ParameterizedTest
  @CsvSource({
    "calendar,200",
    "calendar.readonly,200",
    "calendar.freebusy,200",
    "calendar.events.freebusy,200",
    "calendar.events,403",
    "calendar.events.readonly,403"
  })
  void onlySomeScopesAllowTheQuestion(String scope, int status) throws Exception {
    Http http = google.as(GoogleCalendar.INGRID, AUTH + scope);

    Http.Answer answer = http.json("POST", QUERY, query(GoogleCalendar.INGRID).toString());

    assertThat(answer.status()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.json().at("/error/errors/0/reason").asText())
          .isEqualTo("insufficientPermissions");
    }
  }

  @Test
  void aScopeForBusyTimesOpensNoEvents() throws Exception {
    assertThat(reader.get(GoogleCalendar.EVENTS).status()).isEqualTo(403);
    assertThat(
            google
                .as(GoogleCalendar.INGRID, AUTH + "calendar.events " + AUTH + "calendar.freebusy")
                .get(GoogleCalendar.EVENTS)
                .status())
        .isEqualTo(200);
  }

  @Test
  void aScopeThatTheDomainDoesNotDelegateGetsNoToken() throws Exception {
    google.control("delegation", "{\"scopes\":[\"calendar.events\"]}");

    Http.Answer refused =
        google.token(google.sign(google.claims().put("scope", AUTH + "calendar.freebusy")));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().get("error").asText()).isEqualTo("unauthorized_client");
    assertThat(google.token(google.sign(google.claims())).status()).isEqualTo(200);
    assertThat(google.control("delegation", "{\"scopes\":[\"drive\"]}").status()).isEqualTo(400);
  }

  @Test
  void busyTimesAreMergedWithinTheWindow() throws Exception {
    put("09:00", "10:00", "");
    put("09:30", "11:00", "");
    put("11:00", "11:15", "");
    put("12:00", "13:00", "");
    put("12:00", "12:00", "");

    assertThat(busy(ask(GoogleCalendar.INGRID))).containsExactly("17:00-19:15", "20:00-21:00");
    ObjectNode narrow = query("primary").put("timeMax", "2026-02-03T20:30:00Z");
    assertThat(busy(ask(narrow).at("/calendars/primary")))
        .containsExactly("17:00-19:15", "20:00-20:30");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"transparency\":\"transparent\"                           | false",
        "\"eventType\":\"workingLocation\"                          | false",
        "\"eventType\":\"focusTime\"                                | true",
        "\"eventType\":\"outOfOffice\"                              | true",
        "\"eventType\":\"fromGmail\"                                | true",
        "\"status\":\"tentative\"                                   | true",
        "\"attendees\":[{\"email\":\"ingrid.testwell@example.invalid\","
            + "\"responseStatus\":\"declined\"}]                    | false",
        "\"attendees\":[{\"email\":\"ingrid.testwell@example.invalid\"}] | true",
        "\"attendees\":[{\"email\":\"other@example.invalid\",\"responseStatus\":\"declined\"}]"
            + " | true"
      })
  void whatDoesNotBlockIsNotBusy(String member, boolean busy) throws Exception {
    put("09:00", "10:00", "," + member);

    assertThat(busy(ask(GoogleCalendar.INGRID))).hasSize(busy ? 1 : 0);
  }

  @Test
  void seriesAndTheirInstancesCount() throws Exception {
    google.insert(GoogleSeriesTest.timed("RRULE:FREQ=DAILY;COUNT=3"));
    google.hand(
        "POST", "/series1_20260203T170000Z/move", "{\"start\":\"2026-02-03T14:00:00-08:00\"}");

    assertThat(busy(ask(GoogleCalendar.INGRID))).containsExactly("22:00-22:30");
  }

  @Test
  void theCalendarsOfOthersAreNotFound() throws Exception {
    JsonNode answer = ask(query(GoogleCalendar.INGRID, "omar.samplesson@example.invalid", "x"));

    assertThat(answer.at("/calendars/omar.samplesson@example.invalid/errors/0/reason").asText())
        .isEqualTo("notFound");
    assertThat(answer.at("/calendars/x/errors/0/reason").asText()).isEqualTo("notFound");
    assertThat(answer.path("calendars").path(GoogleCalendar.INGRID).has("errors")).isFalse();
  }

  @Test
  void aCalendarFailsByControl() throws Exception {
    google.control(
        "free-busy-errors",
        "{\"calendar\":\"" + GoogleCalendar.INGRID + "\",\"reason\":\"internalError\"}");

    assertThat(ask(GoogleCalendar.INGRID).at("/errors/0/reason").asText())
        .isEqualTo("internalError");
    google.control("free-busy-errors", "{\"calendar\":\"" + GoogleCalendar.INGRID + "\"}");
    assertThat(ask(GoogleCalendar.INGRID).has("errors")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timeMin\":null}",
        "{\"timeMax\":\"2026-02-03T00:00:00Z\"}",
        "{\"timeMin\":\"2026-02-03T00:00:00\"}",
        "{\"timeMax\":\"2026-06-03T00:00:00Z\"}",
        "{\"calendar\":\"x\"}"
      })
  void aWrongQuestionIsRefused(String wrong) throws Exception {
    ObjectNode query = query(GoogleCalendar.INGRID);
    query.setAll((ObjectNode) Json.read(wrong));

    assertThat(reader.json("POST", QUERY, query.toString()).status()).isEqualTo(400);
    google.google.watch().broken();
  }

  @Test
  void atMostFiftyCalendarsAreAskedFor() throws Exception {
    String[] fifty = new String[50];
    Arrays.setAll(fifty, number -> "c" + number);
    ObjectNode query = query(fifty);

    assertThat(reader.json("POST", QUERY, query.toString()).status()).isEqualTo(200);
    ((ArrayNode) query.get("items")).addObject().put("id", "one more");
    assertThat(reader.json("POST", QUERY, query.toString()).status()).isEqualTo(400);
  }

  private void put(String from, String to, String more) throws Exception {
    Http.Answer made =
        google.hand(
            "POST",
            "",
            """
            {"start":{"dateTime":"2026-02-03T%s:00-08:00"},
             "end":{"dateTime":"2026-02-03T%s:00-08:00"}%s}
            """
                .formatted(from, to, more));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  private JsonNode ask(String calendar) throws Exception {
    return ask(query(calendar)).path("calendars").path(calendar);
  }

  private JsonNode ask(ObjectNode query) throws Exception {
    Http.Answer answer = reader.json("POST", QUERY, query.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static ObjectNode query(String... calendars) {
    ObjectNode query =
        Json.object().put("timeMin", "2026-02-03T08:00:00Z").put("timeMax", "2026-02-04T08:00:00Z");
    ArrayNode items = query.putArray("items");
    List.of(calendars).forEach(calendar -> items.addObject().put("id", calendar));
    return query;
  }

  private static List<String> busy(JsonNode calendar) {
    return calendar
        .get("busy")
        .valueStream()
        .map(time -> hour(time.get("start")) + "-" + hour(time.get("end")))
        .toList();
  }

  private static String hour(JsonNode time) {
    return time.asText().substring(11, 16);
  }
}
