package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series with the patterns of Outlook, their occurrences and their exceptions. */
class OutlookRepeatsEventsTest {
  private static final String VIEW =
      Outlook.EVENTS.replace("events", "calendarView")
          + "?%24top=100&startDateTime=2026-02-01T00:00:00Z&endDateTime=";
  private static final String NO_END = "\"type\":\"noEnd\"";

  private Outlook outlook;

  @BeforeEach
  void start() throws Exception {
    outlook = new Outlook();
  }

  @AfterEach
  void stop() {
    outlook.close();
  }

  /** The pattern and the range in single quotes; the interval is 1 if the pattern has none. */
  private static String recurrence(String pattern, String range) {
    String interval = pattern.contains("interval") ? "" : "'interval':1,";
    return ",'recurrence':{'pattern':{%s%s},'range':{'startDate':'2026-02-03',%s}}"
        .formatted(interval, pattern, range)
        .replace('\'', '"');
  }

  private List<JsonNode> view(String until) throws Exception {
    Http.Answer answer = outlook.http.get(VIEW + until + "T00:00:00Z");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("value").valueStream().toList();
  }

  private static List<String> starts(List<JsonNode> events) {
    return events.stream().map(it -> it.at("/start/dateTime").asText().substring(0, 16)).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'daily'                                        | 02-03 02-04 02-05 02-06",
        "'type':'weekly','daysOfWeek':['tuesday','thursday'],'interval':2,'firstDayOfWeek':'sunday'"
            + " | 02-03 02-05 02-17 02-19",
        "'type':'absoluteMonthly','dayOfMonth':31              | 02-28 03-31 04-30 05-31",
        "'type':'absoluteMonthly','dayOfMonth':15,'interval':2 | 02-15 04-15 06-15 08-15",
        "'type':'relativeMonthly','index':'second','daysOfWeek':['tuesday']"
            + " | 02-10 03-10 04-14 05-12",
        "'type':'relativeMonthly','index':'last','daysOfWeek':['friday']"
            + " | 02-27 03-27 04-24 05-29",
        "'type':'relativeMonthly','index':'last','daysOfWeek':['monday','tuesday','wednesday',"
            + "'thursday','friday'] | 02-27 03-31 04-30 05-29",
        "'type':'absoluteYearly','month':3,'dayOfMonth':9      | 03-09",
        "'type':'relativeYearly','month':11,'index':'fourth','daysOfWeek':['thursday'] | 11-26"
      })
  void everyPatternOfOutlookRecurs(String pattern, String days) throws Exception {
    outlook.made(recurrence(pattern, NO_END));

    List<String> expected = Stream.of(days.split(" ")).map(day -> "2026-" + day).toList();

    assertThat(outlook.graph.watch().broken()).isEmpty();
    assertThat(starts(view("2026-12-31")).stream().map(it -> it.substring(0, 10)).limit(4))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'numbered','numberOfOccurrences':4 | 4",
        "'type':'endDate','endDate':'2026-02-07' | 5",
        "'type':'noEnd' | 26"
      })
  void aSeriesEndsAsItsRangeSays(String range, int occurrences) throws Exception {
    outlook.made(recurrence("'type':'daily'", range));

    assertThat(view("2026-03-01")).hasSize(occurrences);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'hourly'",
        "'type':'daily','interval':0",
        "'type':'weekly'",
        "'type':'weekly','daysOfWeek':[]",
        "'type':'weekly','daysOfWeek':['someday']",
        "'type':'absoluteMonthly'",
        "'type':'absoluteMonthly','dayOfMonth':32",
        "'type':'relativeMonthly','index':'fifth','daysOfWeek':['monday']",
        "'type':'absoluteYearly','dayOfMonth':3",
      })
  void aPatternWithoutAMeaningIsRefused(String pattern) throws Exception {
    assertThat(outlook.create(Outlook.event(recurrence(pattern, NO_END))).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':'numbered'",
        "'type':'numbered','numberOfOccurrences':0",
        "'type':'endDate'",
        "'type':'endDate','endDate':'2026-02-02'",
        "'type':'forever'"
      })
  void aRangeWithoutAMeaningIsRefused(String range) throws Exception {
    assertThat(outlook.create(Outlook.event(recurrence("'type':'daily'", range))).status())
        .isEqualTo(400);
  }

  @Test
  void theClockOnTheWallCountsInTheZoneOfTheSeries() throws Exception {
    String berlin = Outlook.event(recurrence("'type':'weekly','daysOfWeek':['tuesday']", NO_END));

    outlook.create(
        berlin
            .replace("America/Los_Angeles", "Europe/Berlin")
            .replace("Pacific Standard Time", "W. Europe Standard Time"));
    outlook.create(berlin);

    assertThat(starts(view("2026-04-08")))
        .contains("2026-03-03T08:00", "2026-03-03T17:00")
        .contains("2026-03-10T08:00", "2026-03-10T16:00")
        .contains("2026-03-31T07:00", "2026-03-31T16:00");
  }

  @Test
  void theZoneOfTheRecurrenceMayBeAnotherThanThatOfTheTimes() throws Exception {
    String utc =
        Outlook.event(
                recurrence(
                    "'type':'daily'", NO_END + ",\"recurrenceTimeZone\":\"America/Los_Angeles\""))
            .replace("\"timeZone\":\"America/Los_Angeles", "\"timeZone\":\"UTC")
            .replace("Pacific Standard Time", "UTC")
            .replace("T09", "T17");
    Http.Answer made = outlook.create(utc);

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(starts(view("2026-03-10"))).contains("2026-03-07T17:00", "2026-03-08T16:00");
  }

  @Test
  void anAllDaySeriesIsOnWholeDaysInEveryZone() throws Exception {
    String allDay =
        """
        {"subject":"Away","isAllDay":true,
         "start":{"dateTime":"2026-03-06T00:00:00","timeZone":"America/Los_Angeles"},
         "end":{"dateTime":"2026-03-08T00:00:00","timeZone":"America/Los_Angeles"}%s}
        """;
    Http.Answer made =
        outlook.create(
            allDay.formatted(recurrence("'type':'weekly','daysOfWeek':['friday']", NO_END)));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    List<JsonNode> view =
        outlook
            .http
            .with("Prefer", "outlook.timezone=\"America/New_York\"")
            .get(VIEW + "2026-03-15T00:00:00Z")
            .json()
            .get("value")
            .valueStream()
            .toList();
    assertThat(starts(view)).containsExactly("2026-03-06T00:00", "2026-03-13T00:00");
    assertThat(view.get(0).at("/end/dateTime").asText()).startsWith("2026-03-08T00:00");
    assertThat(outlook.create(allDay.formatted("").replace("T00:00:00", "T01:00:00")).status())
        .isEqualTo(400);
  }

  @Test
  void eachOccurrenceHasIdsOfItsOwnThatStay() throws Exception {
    JsonNode series = outlook.create(Outlook.event(recurrence("'type':'daily'", NO_END))).json();
    List<JsonNode> first = view("2026-02-06");
    outlook.http.json(
        "PATCH", Outlook.EVENTS + "/" + series.get("id").asText(), "{\"subject\":\"New\"}");
    List<JsonNode> second = view("2026-02-06");

    for (String name : List.of("id", "iCalUId", "originalStart")) {
      List<String> values = first.stream().map(it -> it.get(name).asText()).toList();
      assertThat(new HashSet<>(values)).hasSize(3).doesNotContain(series.path(name).asText());
      assertThat(second.stream().map(it -> it.get(name).asText())).isEqualTo(values);
    }
    assertThat(first.get(1).get("originalStart").asText()).isEqualTo("2026-02-04T17:00:00Z");
    assertThat(second).allMatch(it -> it.get("subject").asText().equals("New"));
    assertThat(outlook.http.get(Outlook.EVENTS + "/" + first.get(1).get("id").asText()).status())
        .isEqualTo(200);
  }

  @Test
  void anInvitationBringsItsOwnUid() throws Exception {
    String body =
        Outlook.event(
            recurrence("'type':'daily'", NO_END)
                + ",\"iCalUId\":\"abc@google.example\",\"isOrganizer\":false,"
                + "\"organizer\":{\"emailAddress\":{\"address\":\"a@b.example.invalid\"}}");

    assertThat(outlook.create(body).status()).isEqualTo(400);
    Http.Answer made = outlook.http.json("POST", Outlook.BY_HAND, body);

    assertThat(made.json().get("iCalUId").asText()).isEqualTo("abc@google.example");
    assertThat(made.json().at("/organizer/emailAddress/address").asText())
        .isEqualTo("a@b.example.invalid");
    assertThat(view("2026-02-05").get(0).get("iCalUId").asText())
        .startsWith("040000008200E00074C5B7101A82E00807EA0203")
        .contains("7643616C2D556964");
  }

  @Test
  void oneOccurrenceIsMovedAndOneCancelled() throws Exception {
    String series = outlook.made(recurrence("'type':'weekly','daysOfWeek':['tuesday']", NO_END));
    List<String> ids = view("2026-02-28").stream().map(it -> it.get("id").asText()).toList();

    Http.Answer moved =
        outlook.http.json(
            "PATCH",
            Outlook.EVENTS + "/" + ids.get(1),
            """
            {"start":{"dateTime":"2026-02-11T12:00:00","timeZone":"UTC"},
             "end":{"dateTime":"2026-02-11T13:00:00","timeZone":"UTC"}}
            """);
    int deleted = outlook.http.delete(Outlook.EVENTS + "/" + ids.get(2)).status();

    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(moved.json().get("type").asText()).isEqualTo("exception");
    assertThat(moved.json().get("originalStart").asText()).isEqualTo("2026-02-10T17:00:00Z");
    assertThat(deleted).isEqualTo(204);
    assertThat(starts(view("2026-02-28")))
        .containsExactly("2026-02-03T17:00", "2026-02-11T12:00", "2026-02-24T17:00");
    assertThat(outlook.http.get(Outlook.EVENTS + "/" + ids.get(2)).status()).isEqualTo(404);
    assertThat(
            outlook
                .http
                .get(Outlook.EVENTS + "/" + series + "?%24select=cancelledOccurrences")
                .json()
                .get("cancelledOccurrences")
                .get(0)
                .asText())
        .isEqualTo("OID." + series + ".2026-02-17");
    assertThat(outlook.graph.watch().broken()).isEmpty();
  }

  @Test
  void anOccurrenceMovesIntoTheWindowFromOutside() throws Exception {
    outlook.made(recurrence("'type':'weekly','daysOfWeek':['tuesday']", NO_END));
    String march = view("2026-03-04").get(4).get("id").asText();

    outlook.http.json(
        "PATCH",
        Outlook.EVENTS + "/" + march,
        """
        {"start":{"dateTime":"2026-02-27T12:00:00","timeZone":"UTC"},
         "end":{"dateTime":"2026-02-27T13:00:00","timeZone":"UTC"}}
        """);

    assertThat(starts(view("2026-02-28"))).hasSize(5).contains("2026-02-27T12:00");
  }

  @Test
  void anOccurrenceNeverPassesItsNeighbours() throws Exception {
    outlook.made(recurrence("'type':'weekly','daysOfWeek':['tuesday']", NO_END));
    String second = view("2026-02-28").get(1).get("id").asText();

    Http.Answer refused =
        outlook.http.json(
            "PATCH",
            Outlook.EVENTS + "/" + second,
            """
            {"start":{"dateTime":"2026-02-17T20:00:00","timeZone":"UTC"},
             "end":{"dateTime":"2026-02-17T21:00:00","timeZone":"UTC"}}
            """);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/code").asText())
        .isEqualTo("ErrorOccurrenceCrossingBoundary");
    assertThat(starts(view("2026-02-28"))).contains("2026-02-10T17:00");
  }

  @Test
  void aNewTimeOfTheSeriesForgetsItsExceptions() throws Exception {
    String series = outlook.made(recurrence("'type':'daily'", NO_END));
    outlook.http.delete(Outlook.EVENTS + "/" + view("2026-02-06").get(1).get("id").asText());

    outlook.control(
        "POST",
        "/mailboxes/ingrid.testwell@example.invalid/events/" + series + "/shift",
        "{\"minutes\":60}");

    assertThat(starts(view("2026-02-06")))
        .containsExactly("2026-02-03T18:00", "2026-02-04T18:00", "2026-02-05T18:00");
  }
}
