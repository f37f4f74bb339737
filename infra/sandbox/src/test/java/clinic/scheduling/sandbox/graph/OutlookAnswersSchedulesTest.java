package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code getSchedule}: who is busy when. */
class OutlookAnswersSchedulesTest {
  private static final String PATH =
      "/graph/v1.0/users/ingrid.testwell%40example.invalid/calendar/getSchedule";
  private static final String INGRID = "ingrid.testwell@example.invalid";

  private Outlook outlook;

  @BeforeEach
  void start() throws Exception {
    outlook = new Outlook();
  }

  @AfterEach
  void stop() {
    assertThat(outlook.graph.watch().broken()).isEmpty();
    outlook.close();
  }

  private static String body(String from, String to, int minutes, String... addresses) {
    return """
        {"schedules":["%s"],"startTime":{"dateTime":"%s","timeZone":"UTC"},
         "endTime":{"dateTime":"%s","timeZone":"UTC"},"availabilityViewInterval":%d}
        """
        .formatted(String.join("\",\"", addresses), from, to, minutes);
  }

  private JsonNode ask(String body) throws Exception {
    Http.Answer answer = outlook.http.json("POST", PATH, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("value");
  }

  @Test
  void theViewHasADigitForEachIntervalAndTheStrongestShows() throws Exception {
    outlook.made(",\"showAs\":\"tentative\"");
    outlook.made("");
    outlook.made(",\"showAs\":\"oof\"".replace("09:30", "10:00"));
    outlook.control(
        "POST",
        "/mailboxes/"
            + INGRID
            + "/events/"
            + outlook.made(",\"showAs\":\"workingElsewhere\"")
            + "/shift",
        "{\"minutes\":45}");

    JsonNode schedule = ask(body("2026-02-03T16:30:00", "2026-02-03T18:40:00", 30, INGRID)).get(0);

    assertThat(schedule.get("availabilityView").asText()).isEqualTo("03440");
    assertThat(schedule.get("scheduleItems").findValuesAsText("status"))
        .containsExactly("tentative", "busy", "oof", "workingElsewhere");
  }

  @ParameterizedTest
  @CsvSource({"free, 0", "tentative, 1", "busy, 2", "oof, 3", "workingElsewhere, 4"})
  void eachStateHasItsDigit(String showAs, String digit) throws Exception {
    outlook.made(",\"showAs\":\"%s\"".formatted(showAs));

    assertThat(
            ask(body("2026-02-03T17:00:00", "2026-02-03T17:30:00", 30, INGRID))
                .get(0)
                .get("availabilityView")
                .asText())
        .isEqualTo(digit);
  }

  @Test
  void aPrivateItemSaysNeitherWhatNorWhere() throws Exception {
    outlook.made(",\"sensitivity\":\"private\",\"location\":{\"displayName\":\"Pier\"}");
    outlook.made(",\"location\":{\"displayName\":\"Pier\"}");

    JsonNode items =
        ask(body("2026-02-03T00:00:00", "2026-02-04T00:00:00", 60, INGRID))
            .get(0)
            .get("scheduleItems");

    assertThat(items.get(0).get("isPrivate").asBoolean()).isTrue();
    assertThat(items.get(0).has("subject") || items.get(0).has("location")).isFalse();
    assertThat(items.get(1).get("isPrivate").asBoolean()).isFalse();
    assertThat(items.get(1).get("location").asText()).isEqualTo("Pier");
    assertThat(items.get(1).at("/start/dateTime").asText()).startsWith("2026-02-03T17:00");
  }

  @Test
  void theParametersMayBeSpelledAsInTheMetadata() throws Exception {
    String capitals =
        body("2026-02-03T00:00:00", "2026-02-04T00:00:00", 60, INGRID)
            .replace("schedules", "Schedules")
            .replace("startTime", "StartTime")
            .replace("endTime", "EndTime")
            .replace("availabilityView", "AvailabilityView");

    assertThat(ask(capitals).get(0).get("availabilityView").asText()).hasSize(24);
  }

  @Test
  void anUnknownOrFailingAddressHasAnErrorOfItsOwn() throws Exception {
    outlook.settings("{\"failingSchedules\":[\"Omar.Samplesson@example.invalid\"]}");

    JsonNode value =
        ask(
            body(
                "2026-02-03T00:00:00",
                "2026-02-04T00:00:00",
                60,
                "nobody@example.invalid",
                "omar.samplesson@example.invalid",
                INGRID));

    assertThat(value.get(0).at("/error/responseCode").asText())
        .isEqualTo("ErrorMailRecipientNotFound");
    assertThat(value.get(1).at("/error/responseCode").asText())
        .isEqualTo("ErrorFreeBusyGenerationFailed");
    assertThat(value.get(2).has("error")).isFalse();
    assertThat(value.get(0).has("availabilityView")).isFalse();
  }

  @Test
  void atMostTwentySchedulesAnd62DaysAreAnswered() throws Exception {
    String[] many =
        IntStream.range(0, 21)
            .mapToObj(i -> "a" + i + "@example.invalid")
            .collect(Collectors.toList())
            .toArray(String[]::new);

    assertThat(
            outlook
                .http
                .json("POST", PATH, body("2026-02-03T00:00:00", "2026-02-04T00:00:00", 60, many))
                .status())
        .isEqualTo(400);
    assertThat(
            ask(body("2026-02-03T00:00:00", "2026-04-06T00:00:00", 1440, INGRID))
                .get(0)
                .get("availabilityView")
                .asText())
        .hasSize(62);
    assertThat(
            outlook
                .http
                .json("POST", PATH, body("2026-02-03T00:00:00", "2026-04-06T00:00:01", 60, INGRID))
                .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startTime>starttime",
        "schedules>people",
        "2026-02-04T00>2026-02-03T00",
        ":60}>:4}",
        ":60}>:1441}"
      })
  void aWrongParameterIsRefused(String change) throws Exception {
    String[] fromTo = change.split(">", -1);
    String body =
        body("2026-02-03T00:00:00", "2026-02-04T00:00:00", 60, INGRID)
            .replace(fromTo[0], fromTo[1]);

    assertThat(outlook.http.json("POST", PATH, body).status()).isEqualTo(400);
  }
}
