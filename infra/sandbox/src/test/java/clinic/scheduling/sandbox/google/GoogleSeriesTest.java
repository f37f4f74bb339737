package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleSeriesTest {
  private GoogleCalendar google;

  @BeforeEach
  void start() throws Exception {
    google = new GoogleCalendar();
  }

  @AfterEach
  void stop() {
    assertThat(google.google.watch().broken()).isEmpty();
    google.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=DAILY;INTERVAL=2;COUNT=3               | 2026-02-03 2026-02-05 2026-02-07",
        "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3             | 2026-02-03 2026-02-05 2026-02-10",
        "FREQ=WEEKLY;UNTIL=20260217T170000Z          | 2026-02-03 2026-02-10 2026-02-17",
        "FREQ=MONTHLY;BYMONTHDAY=3;COUNT=3           | 2026-02-03 2026-03-03 2026-04-03",
        "FREQ=MONTHLY;BYDAY=1TU;COUNT=3              | 2026-02-03 2026-03-03 2026-04-07",
        "FREQ=YEARLY;COUNT=2                         | 2026-02-03 2027-02-03"
      })
  void aRuleIsExpandedAsPeopleUseIt(String rule, String days) throws Exception {
    google.insert(timed("RRULE:" + rule));

    assertThat(days(list("")))
        .isEqualTo(List.of(days.split(" ")).stream().map(LocalDate::parse).toList());
  }

  @Test
  void datesAreAddedAndLeftOut() throws Exception {
    google.insert(
        timed(
            "RRULE:FREQ=DAILY;COUNT=4",
            "EXDATE;TZID=America/Los_Angeles:20260204T090000",
            "EXDATE:20260205T170000Z",
            "RDATE;TZID=America/New_York:20260220T120000"));

    assertThat(days(list(""))).map(LocalDate::getDayOfMonth).containsExactly(3, 6, 20);
    assertThat(ids(list(""))).contains("series1_20260220T170000Z");
  }

  @Test
  void theTimeOnTheWallStaysWhenTheClocksChange() throws Exception {
    google.insert(timed("RRULE:FREQ=WEEKLY;COUNT=6"));

    List<String> ids = ids(list(""));

    assertThat(ids.get(0)).isEqualTo("series1_20260203T170000Z");
    assertThat(ids.get(5)).isEqualTo("series1_20260310T160000Z");
    assertThat(list("").get(5).at("/start/dateTime").asText())
        .isEqualTo("2026-03-10T09:00:00-07:00");
  }

  @Test
  void aSeriesOfWholeDaysHasDatesInItsIds() throws Exception {
    google.insert(
        Json.object()
            .put("id", "series1")
            .<ObjectNode>set("start", Json.object().put("date", "2026-03-06"))
            .<ObjectNode>set("end", Json.object().put("date", "2026-03-08"))
            .<ObjectNode>set(
                "recurrence", lines("RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260307"))
            .toString());

    assertThat(ids(list(""))).containsExactly("series1_20260306", "series1_20260308");
    assertThat(list("").get(1).at("/end/date").asText()).isEqualTo("2026-03-10");
    assertThat(list("").get(1).at("/originalStartTime/date").asText()).isEqualTo("2026-03-08");
  }

  @Test
  void aSeriesWithoutEndIsListedTwoYearsAhead() throws Exception {
    google.insert(timed("RRULE:FREQ=WEEKLY"));

    JsonNode items = list("&maxResults=2500&orderBy=startTime");

    Instant last =
        OffsetDateTime.parse(items.get(items.size() - 1).at("/start/dateTime").asText())
            .toInstant();
    assertThat(last).isBetween("2028-01-20T00:00:00Z", "2028-02-10T00:00:00Z");
    assertThat(get("/series1_20300205T170000Z").status()).isEqualTo(200);
    assertThat(get("/series1_20300206T170000Z").status()).isEqualTo(404);
  }

  @Test
  void allInstancesShareTheIdThatOtherCalendarsKnow() throws Exception {
    ObjectNode body = (ObjectNode) Json.read(timed("RRULE:FREQ=DAILY;COUNT=3"));
    body.remove("id");
    body.put("iCalUID", "meeting-1@example.invalid");
    String id = google.insert(body.toString()).json().get("id").asText();
    google.http.json(
        "PATCH",
        GoogleCalendar.EVENTS + "/" + id + "_20260204T170000Z",
        "{\"summary\":\"Changed\"}");

    assertThat(list("").findValuesAsText("iCalUID"))
        .hasSize(3)
        .containsOnly("meeting-1@example.invalid");
    assertThat(list("&iCalUID=meeting-1%40example.invalid")).hasSize(3);
  }

  @Test
  void aMovedInstanceKeepsItsIdAndItsFirstStart() throws Exception {
    google.insert(timed("RRULE:FREQ=DAILY;COUNT=3"));

    google.http.json(
        "PATCH",
        GoogleCalendar.EVENTS + "/series1_20260204T170000Z",
        "{\"start\":{\"dateTime\":\"2026-02-04T15:00:00-08:00\"},"
            + "\"end\":{\"dateTime\":\"2026-02-04T15:30:00-08:00\"}}");

    JsonNode moved = get("/series1_20260204T170000Z").json();
    assertThat(moved.at("/originalStartTime/dateTime").asText())
        .isEqualTo("2026-02-04T09:00:00-08:00");
    assertThat(moved.get("recurringEventId").asText()).isEqualTo("series1");
    assertThat(list("&timeMin=2026-02-04T22:00:00Z&timeMax=2026-02-05T00:00:00Z")).hasSize(1);
    assertThat(list("&timeMin=2026-02-04T16:00:00Z&timeMax=2026-02-04T18:00:00Z")).isEmpty();
  }

  @Test
  void aCancelledInstanceIsListedOnlyWhenAskedFor() throws Exception {
    google.insert(timed("RRULE:FREQ=DAILY;COUNT=3"));

    google.http.delete(GoogleCalendar.EVENTS + "/series1_20260204T170000Z");

    assertThat(ids(list(""))).hasSize(2);
    assertThat(ids(list("&showDeleted=true"))).hasSize(3);
    assertThat(google.http.get(GoogleCalendar.EVENTS).json().get("items")).hasSize(2);
    assertThat(get("/series1/instances").json().get("items")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RRULE:FREQ=SOMETIMES",
        "FREQ=DAILY",
        "EXRULE:FREQ=DAILY",
        "DTSTART:20260203T090000",
        "RRULE:FREQ=DAILY;COUNT=6000",
        "RDATE:soon"
      })
  void aRecurrenceThatIsNoneIsRefused(String line) throws Exception {
    assertThat(google.insert(timed(line)).status()).isEqualTo(400);
  }

  @Test
  void anInstanceHasNoRuleOfItsOwn() throws Exception {
    google.insert(timed("RRULE:FREQ=DAILY;COUNT=3"));

    assertThat(
            google
                .http
                .json(
                    "PATCH",
                    GoogleCalendar.EVENTS + "/series1_20260204T170000Z",
                    "{\"recurrence\":[\"RRULE:FREQ=DAILY\"]}")
                .status())
        .isEqualTo(400);
  }

  static String timed(String... lines) {
    ObjectNode body = Json.object().put("id", "series1").put("summary", "Round");
    body.set("start", time("2026-02-03T09:00:00"));
    body.set("end", time("2026-02-03T09:30:00"));
    body.set("recurrence", lines(lines));
    return body.toString();
  }

  private static ObjectNode time(String local) {
    return Json.object().put("dateTime", local).put("timeZone", "America/Los_Angeles");
  }

  private static ArrayNode lines(String... lines) {
    ArrayNode array = Json.object().putArray("recurrence");
    List.of(lines).forEach(array::add);
    return array;
  }

  private JsonNode list(String more) throws Exception {
    Http.Answer answer = get("?singleEvents=true" + more);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("items");
  }

  private Http.Answer get(String path) throws Exception {
    return google.http.get(GoogleCalendar.EVENTS + path);
  }

  private static List<String> ids(JsonNode items) {
    return items.valueStream().map(item -> item.get("id").asText()).toList();
  }

  private static List<LocalDate> days(JsonNode items) {
    return items
        .valueStream()
        .map(item -> OffsetDateTime.parse(item.at("/start/dateTime").asText()).toLocalDate())
        .toList();
  }
}
