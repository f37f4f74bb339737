package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleSyncRoundsTest {
  private static final String FIRST = "?singleEvents=true&timeMin=2026-02-01T00:00:00Z";

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

  @Test
  void aRoundBringsWhatChangedSinceTheOneBefore() throws Exception {
    insert("kept1", "");
    String token = token(FIRST);

    insert("made1", ",\"extendedProperties\":{\"private\":{\"canvas\":\"one\"}}");
    JsonNode round = round(token);

    assertThat(ids(round)).containsExactly("made1");
    assertThat(round.at("/items/0/extendedProperties/private/canvas").asText()).isEqualTo("one");
    assertThat(ids(round(round.get("nextSyncToken").asText()))).isEmpty();
  }

  @Test
  void whatWasDeletedComesWithItsIdAlone() throws Exception {
    insert("kept1", "");
    String token = token(FIRST);

    google.hand("DELETE", "/kept1", "");

    JsonNode item = round(token).at("/items/0");
    assertThat(item.get("status").asText()).isEqualTo("cancelled");
    assertThat(names(item)).containsExactlyInAnyOrder("kind", "etag", "id", "status");
  }

  @Test
  void aTokenHasNoWindow() throws Exception {
    String token = token(FIRST + "&timeMax=2026-03-01T00:00:00Z");

    google.insert(GoogleCalendar.event(",\"id\":\"later1\"").replace("2026-02-03", "2027-02-03"));
    google.insert(GoogleCalendar.event(",\"id\":\"older1\"").replace("2026-02-03", "2025-02-03"));

    assertThat(ids(round(token))).containsExactly("later1", "older1");
  }

  @Test
  void theTokenComesWithTheLastPageAndStandsForTheFirst() throws Exception {
    for (int i = 10; i < 15; i++) {
      insert("event" + i, "");
    }

    JsonNode first = list(FIRST + "&maxResults=2");
    insert("amid1", "");
    JsonNode second = list(FIRST + "&maxResults=2&pageToken=" + text(first, "nextPageToken"));
    JsonNode third = list(FIRST + "&maxResults=2&pageToken=" + text(second, "nextPageToken"));

    assertThat(first.has("nextSyncToken")).isFalse();
    assertThat(second.has("nextSyncToken")).isFalse();
    assertThat(third.has("nextPageToken")).isFalse();
    assertThat(ids(third)).containsExactly("event14");
    assertThat(ids(round(text(third, "nextSyncToken")))).containsExactly("amid1");
  }

  @Test
  void aPageHas250EventsAndAtMost2500() throws Exception {
    google.insert(series("FREQ=DAILY;COUNT=300"));

    JsonNode page = list(FIRST);

    assertThat(page.get("items")).hasSize(250);
    assertThat(page.has("nextPageToken")).isTrue();
    assertThat(list(FIRST + "&maxResults=2500").get("items")).hasSize(300);
    assertThat(get(FIRST + "&maxResults=2501").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iCalUID=a",
        "orderBy=updated",
        "privateExtendedProperty=a%3Db",
        "q=a",
        "sharedExtendedProperty=a%3Db",
        "timeMin=2026-02-01T00:00:00Z",
        "timeMax=2026-02-01T00:00:00Z",
        "updatedMin=2026-02-01T00:00:00Z",
        "showDeleted=false",
        "eventTypes=default"
      })
  void whatCannotGoWithATokenIsRefused(String parameter) throws Exception {
    String token = token(FIRST);

    Http.Answer refused = get("?singleEvents=true&syncToken=" + token + "&" + parameter);

    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void aTokenGoesWithTheParametersAndTheCalendarOfItsFirstList() throws Exception {
    String token = token(FIRST);
    Http omar = google.as("omar.samplesson@example.invalid");

    assertThat(get("?syncToken=" + token).status()).isEqualTo(400);
    assertThat(get("?singleEvents=true&syncToken=nonsense").status()).isEqualTo(400);
    assertThat(
            omar.get(
                    "/google/calendar/v3/calendars/primary/events?singleEvents=true&syncToken="
                        + token)
                .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"privateExtendedProperty=a%3Db", "q=a", "orderBy=updated"})
  void aListThatNoRoundCanFollowHasNoToken(String parameter) throws Exception {
    assertThat(list(FIRST + "&" + parameter).has("nextSyncToken")).isFalse();
  }

  @Test
  void aDeadTokenNeedsAFullSync() throws Exception {
    String killed = token(FIRST);
    google.control("kill-sync-tokens", "{\"calendar\":\"" + GoogleCalendar.INGRID + "\"}");
    String expired = token(FIRST);

    assertThat(gone(killed)).isEqualTo("fullSyncRequired");
    assertThat(ids(round(expired))).isEmpty();
    google.clock.advance(Duration.ofDays(28));
    google.http.get("/google-control/state");
    Http later = google.as(GoogleCalendar.INGRID);
    assertThat(
            later.get(GoogleCalendar.EVENTS + "?singleEvents=true&syncToken=" + expired).status())
        .isEqualTo(410);
  }

  @Test
  void aChangedSeriesBringsAllItsInstances() throws Exception {
    google.insert(series("FREQ=DAILY;COUNT=3"));
    String token = token(FIRST);

    google.hand("PATCH", "/series1", "{\"summary\":\"Round\"}");

    assertThat(round(token).findValuesAsText("summary")).filteredOn("Round"::equals).hasSize(3);
  }

  @Test
  void instancesThatASeriesLostComeAsCancelled() throws Exception {
    google.insert(series("FREQ=DAILY;COUNT=3"));
    String token = token(FIRST);

    google.hand("PATCH", "/series1", "{\"recurrence\":[\"RRULE:FREQ=DAILY;COUNT=2\"]}");

    assertThat(cancelled(round(token))).containsExactly("series1_20260205T170000Z");
  }

  @Test
  void aDeletedSeriesComesAsItsCancelledInstances() throws Exception {
    google.insert(series("FREQ=DAILY;COUNT=3"));
    google.hand("PATCH", "/series1_20260204T170000Z", "{\"summary\":\"Changed\"}");
    String token = token(FIRST);

    google.hand("DELETE", "/series1", "");
    JsonNode round = round(token);

    assertThat(cancelled(round))
        .containsExactlyInAnyOrder(
            "series1_20260203T170000Z", "series1_20260204T170000Z", "series1_20260205T170000Z");
    assertThat(ids(round)).hasSize(3);
    assertThat(names(round.at("/items/0"))).contains("recurringEventId", "originalStartTime");
  }

  @Test
  void anInstanceAloneComesAlone() throws Exception {
    google.insert(series("FREQ=DAILY;COUNT=3"));
    String token = token(FIRST);

    google.hand("DELETE", "/series1_20260204T170000Z", "");
    google.hand(
        "POST", "/series1_20260205T170000Z/move", "{\"start\":\"2026-02-06T10:00:00-08:00\"}");
    JsonNode round = round(token);

    assertThat(ids(round))
        .containsExactlyInAnyOrder("series1_20260204T170000Z", "series1_20260205T170000Z");
    assertThat(cancelled(round)).containsExactly("series1_20260204T170000Z");
  }

  @Test
  void aRoundOfWholeSeriesBringsTheSeriesOnce() throws Exception {
    google.insert(series("FREQ=DAILY;COUNT=3"));
    String token = text(list(""), "nextSyncToken");

    google.hand("DELETE", "/series1", "");

    JsonNode round = google.http.get(GoogleCalendar.EVENTS + "?syncToken=" + token).json();
    assertThat(cancelled(round)).containsExactly("series1");
  }

  @Test
  void aRoundMayNotReportAllInstancesOfADeletedSeries() throws Exception {
    google.insert(series("FREQ=WEEKLY"));
    google.control("sync", "{\"cancelledDaysAhead\":183}");
    String token = token(FIRST + "&maxResults=2500");

    google.hand("DELETE", "/series1", "");

    assertThat(cancelled(round(token))).hasSize(27);
    assertThat(google.control("sync", "{\"unknown\":1}").status()).isEqualTo(400);
  }

  @Test
  void anEventThatBecameASeriesIsGoneUnderItsId() throws Exception {
    insert("kept1", "");
    String token = token(FIRST);

    google.hand("POST", "/kept1/repeat", "{\"recurrence\":[\"RRULE:FREQ=DAILY;COUNT=2\"]}");

    assertThat(cancelled(round(token))).containsExactly("kept1");
    google.control("sync", "{\"idOfRepeated\":false}");
    assertThat(cancelled(round(token))).isEmpty();
    assertThat(ids(round(token))).hasSize(2);
  }

  @Test
  void aRoundMayShowWhatADeletedEventWas() throws Exception {
    insert("kept1", "");
    google.control("sync", "{\"detailsOfDeleted\":true}");
    String token = token(FIRST);

    google.hand("DELETE", "/kept1", "");

    assertThat(round(token).at("/items/0/summary").asText()).isEqualTo("Busy");
  }

  private void insert(String id, String more) throws Exception {
    assertThat(google.insert(GoogleCalendar.event(",\"id\":\"" + id + "\"" + more)).status())
        .isEqualTo(200);
  }

  static String series(String rule) {
    return GoogleCalendar.event(",\"id\":\"series1\",\"recurrence\":[\"RRULE:" + rule + "\"]")
        .replace("09:00:00-08:00\"", "09:00:00-08:00\",\"timeZone\":\"America/Los_Angeles\"");
  }

  private String token(String query) throws Exception {
    return text(list(query), "nextSyncToken");
  }

  private String gone(String token) throws Exception {
    Http.Answer answer = get("?singleEvents=true&syncToken=" + token);
    assertThat(answer.status()).isEqualTo(410);
    return answer.json().at("/error/errors/0/reason").asText();
  }

  private JsonNode round(String token) throws Exception {
    return list("?singleEvents=true&syncToken=" + token);
  }

  private JsonNode list(String query) throws Exception {
    Http.Answer answer = get(query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private Http.Answer get(String query) throws Exception {
    return google.http.get(GoogleCalendar.EVENTS + query);
  }

  private static String text(JsonNode node, String member) {
    assertThat(node.hasNonNull(member)).as(member).isTrue();
    return node.get(member).asText();
  }

  private static List<String> ids(JsonNode page) {
    return page.get("items").valueStream().map(item -> item.get("id").asText()).toList();
  }

  private static List<String> cancelled(JsonNode page) {
    return page.get("items")
        .valueStream()
        .filter(item -> item.get("status").asText().equals("cancelled"))
        .map(item -> item.get("id").asText())
        .toList();
  }

  private static Set<String> names(JsonNode item) {
    Set<String> names = new HashSet<>();
    item.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
