package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlookKeepsEventsTest {
  private static final String STAMP =
      ",\"singleValueExtendedProperties\":[{\"id\":\"" + Outlook.OUR_NAME + "\",\"value\":\"%s\"}]";

  private static final String BY_HAND =
      "/graph-control/mailboxes/ingrid.testwell@example.invalid/events/";
  private static final String DAILY =
      """
      ,"recurrence":{"pattern":{"type":"daily","interval":1},
       "range":{"type":"numbered","startDate":"2026-02-03","numberOfOccurrences":3}}
      """;
  private static final String VIEW =
      Outlook.EVENTS.replace("events", "calendarView")
          + "?startDateTime=2026-02-03T00:00:00Z&endDateTime=2026-02-10T00:00:00Z";

  private Outlook outlook;

  @BeforeEach
  void start() throws Exception {
    outlook = new Outlook();
  }

  @AfterEach
  void stop() {
    outlook.close();
  }

  @Test
  void aNewEventIsAnsweredWithItsIdAndItsTimesInUtc() throws Exception {
    Http.Answer created = outlook.create(Outlook.event(""));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("id").asText()).startsWith("AAMk");
    assertThat(created.json().path("start").path("dateTime").asText())
        .isEqualTo("2026-02-03T17:00:00.0000000");
    assertThat(created.json().path("start").path("timeZone").asText()).isEqualTo("UTC");
    assertThat(created.json().path("showAs").asText()).isEqualTo("busy");
  }

  @Test
  void thePreferredZoneIsTheZoneOfTheAnswer() throws Exception {
    Http.Answer created =
        outlook
            .http
            .with("Prefer", "outlook.timezone=\"Eastern Standard Time\"")
            .json("POST", Outlook.EVENTS, Outlook.event(""));

    assertThat(created.json().path("start").path("dateTime").asText())
        .isEqualTo("2026-02-03T12:00:00.0000000");
  }

  @Test
  void anImmutableIdIsGivenWhenAskedForAndBothIdsFindTheEvent() throws Exception {
    Http immutable = outlook.http.with("Prefer", "IdType=\"ImmutableId\"");
    String id = immutable.json("POST", Outlook.EVENTS, Outlook.event("")).json().get("id").asText();
    String other = outlook.http.get(Outlook.EVENTS + "/" + id).json().get("id").asText();

    assertThat(id).startsWith("AAkA");
    assertThat(other).startsWith("AAMk");
    assertThat(immutable.get(Outlook.EVENTS + "/" + other).json().get("id").asText()).isEqualTo(id);
  }

  @Test
  void aChangeMergesAndChangesTheChangeKey() throws Exception {
    JsonNode created = outlook.create(Outlook.event(",\"categories\":[\"Canvas\"]")).json();
    JsonNode changed =
        outlook
            .http
            .json(
                "PATCH",
                Outlook.EVENTS + "/" + created.get("id").asText(),
                "{\"subject\":\"Moved\"}")
            .json();

    assertThat(changed.get("subject").asText()).isEqualTo("Moved");
    assertThat(changed.get("categories")).isEqualTo(created.get("categories"));
    assertThat(changed.get("changeKey")).isNotEqualTo(created.get("changeKey"));
  }

  @Test
  void aChangeOfAStaleCopyIsRefused() throws Exception {
    String path =
        Outlook.EVENTS + "/" + outlook.create(Outlook.event("")).json().get("id").asText();

    Http.Answer refused =
        outlook.http.with("If-Match", "W/\"old\"").json("PATCH", path, "{\"subject\":\"x\"}");

    assertThat(refused.status()).isEqualTo(412);
  }

  @Test
  void aDeletedEventIsGone() throws Exception {
    String path =
        Outlook.EVENTS + "/" + outlook.create(Outlook.event("")).json().get("id").asText();

    assertThat(outlook.http.delete(path).status()).isEqualTo(204);
    assertThat(outlook.http.delete(path).status()).isEqualTo(404);
    assertThat(outlook.http.get(path).json().path("error").path("code").asText())
        .isEqualTo("ErrorItemNotFound");
  }

  @Test
  void aRepeatedTransactionIdMakesNoSecondEvent() throws Exception {
    String body = Outlook.event(",\"transactionId\":\"bk-1-1\"");
    Http.Answer first = outlook.create(body);
    Http.Answer second = outlook.create(body);
    outlook.settings("{\"transactionConflict\":true}");
    Http.Answer third = outlook.create(body);

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
    assertThat(third.status()).isEqualTo(409);
    assertThat(outlook.http.get(Outlook.EVENTS).json().get("value")).hasSize(1);
  }

  @Test
  void anEventIsFoundByItsStampAndTheStampIsShownOnlyWhenExpanded() throws Exception {
    outlook.create(Outlook.event(STAMP.formatted("bk-1")));
    outlook.create(Outlook.event(STAMP.formatted("bk-2")));
    String filter =
        "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq 'bk-2')"
            .formatted(Outlook.OUR_NAME);
    String expand = "singleValueExtendedProperties($filter=id eq '%s')".formatted(Outlook.OUR_NAME);

    JsonNode plain =
        outlook.http.get(Outlook.EVENTS + "?%24filter=" + Http.encode(filter)).json().get("value");
    JsonNode expanded =
        outlook
            .http
            .get(
                Outlook.EVENTS
                    + "?%24filter="
                    + Http.encode(filter)
                    + "&%24expand="
                    + Http.encode(expand))
            .json()
            .get("value");

    assertThat(plain).hasSize(1);
    assertThat(plain.get(0).has("singleValueExtendedProperties")).isFalse();
    assertThat(expanded.get(0).at("/singleValueExtendedProperties/0/value").asText())
        .isEqualTo("bk-2");
  }

  @Test
  void aLongListComesInPagesThatLinkToTheNext() throws Exception {
    for (int i = 0; i < 3; i++) {
      outlook.create(Outlook.event(""));
    }

    JsonNode first = outlook.http.get(Outlook.EVENTS + "?%24top=2").json();
    String next =
        first.get("@odata.nextLink").asText().replace(outlook.server.url().toString(), "");
    JsonNode last = outlook.http.get(next).json();

    assertThat(first.get("value")).hasSize(2);
    assertThat(last.get("value")).hasSize(1);
    assertThat(last.has("@odata.nextLink")).isFalse();
  }

  @Test
  void theCalendarViewHoldsWhatOverlapsItsWindow() throws Exception {
    outlook.create(Outlook.event(""));
    String view = Outlook.EVENTS.replace("events", "calendarView");
    String touching = "?startDateTime=2026-02-03T17:30:00Z&endDateTime=2026-02-03T18:00:00Z";
    String inside = "?startDateTime=2026-02-03T17:15:00Z&endDateTime=2026-02-03T17:20:00Z";

    assertThat(outlook.http.get(view + touching).json().get("value")).isEmpty();
    assertThat(outlook.http.get(view + inside).json().get("value")).hasSize(1);
  }

  @Test
  void anImmutableIdLeadsToAnotherCalendarAndToDeletedItemsButNoViewDoes() throws Exception {
    Http immutable = outlook.http.with("Prefer", "IdType=\"ImmutableId\"");
    String body = Outlook.event(",\"transactionId\":\"bk-1\"");
    String id = immutable.json("POST", Outlook.EVENTS, body).json().get("id").asText();
    for (String folder : List.of("otherCalendar", "deletedItems")) {
      outlook.http.json("POST", BY_HAND + id + "/move", "{\"to\":\"" + folder + "\"}");

      assertThat(immutable.get(Outlook.EVENTS + "/" + id).status()).as(folder).isEqualTo(200);
      assertThat(immutable.json("POST", Outlook.EVENTS, body).json().get("id").asText())
          .isEqualTo(id);
      assertThat(outlook.http.get(VIEW).json().get("value")).isEmpty();
      assertThat(value(Outlook.EVENTS.replace("/events", "/calendar/events"))).isEmpty();
      assertThat(value(Outlook.EVENTS)).hasSize(folder.equals("otherCalendar") ? 1 : 0);
    }
    assertThat(immutable.delete(Outlook.EVENTS + "/" + id).status()).isEqualTo(204);
    assertThat(immutable.get(Outlook.EVENTS + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void anIdThatIsNotImmutableEndsWithTheFolder() throws Exception {
    String id = outlook.create(Outlook.event("")).json().get("id").asText();

    outlook.http.json("POST", BY_HAND + id + "/move", "{\"to\":\"otherCalendar\"}");

    assertThat(outlook.http.get(Outlook.EVENTS + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void aSeriesIsViewedOneByOneWithWhatWasChangedInOneAlone() throws Exception {
    JsonNode series = outlook.create(Outlook.event(DAILY)).json();
    JsonNode second = value(VIEW).get(1);

    outlook.http.json("PATCH", BY_HAND + second.get("id").asText(), "{\"subject\":\"Lunch\"}");

    assertThat(series.get("type").asText()).isEqualTo("seriesMaster");
    assertThat(value(VIEW).findValuesAsText("type"))
        .containsExactly("occurrence", "exception", "occurrence");
    assertThat(value(VIEW).findValuesAsText("subject")).containsExactly("Busy", "Lunch", "Busy");
    assertThat(value(VIEW).findValuesAsText("seriesMasterId"))
        .containsOnly(series.get("id").asText());
    assertThat(value(Outlook.EVENTS)).hasSize(1);
  }

  @Test
  void aSeriesWithoutItsPatternIsOneEventAgain() throws Exception {
    String id = outlook.create(Outlook.event(DAILY)).json().get("id").asText();
    String second = value(VIEW).get(1).get("id").asText();
    outlook.http.json("PATCH", BY_HAND + second, "{\"subject\":\"Lunch\"}");

    outlook.http.json("PATCH", Outlook.EVENTS + "/" + id, "{\"recurrence\":null}");

    assertThat(value(VIEW).findValuesAsText("id")).containsExactly(id);
    assertThat(value(VIEW).findValuesAsText("type")).containsExactly("singleInstance");
    assertThat(outlook.http.get(Outlook.EVENTS + "/" + second).status()).isEqualTo(404);
  }

  @Test
  void aPatternThatIsNotKnownIsRefusedRatherThanIgnored() throws Exception {
    assertThat(outlook.create(Outlook.event(DAILY.replace("daily", "absoluteYearly"))).status())
        .isEqualTo(400);
    assertThat(outlook.create(Outlook.event(",\"recurrence\":{}")).status()).isEqualTo(400);
  }

  private JsonNode value(String path) throws Exception {
    return outlook.http.get(path).json().get("value");
  }

  @Test
  void aPersonEditsAndDeletesByHand() throws Exception {
    String id = outlook.create(Outlook.event("")).json().get("id").asText();
    String byHand = "/graph-control/mailboxes/ingrid.testwell@example.invalid/events";

    outlook.http.json("PATCH", byHand + "/" + id, "{\"subject\":\"By hand\"}");
    JsonNode state = outlook.http.get("/graph-control/state").json();
    outlook.http.delete(byHand + "/" + id);

    assertThat(state.at("/mailboxes/0/events/0/subject").asText()).isEqualTo("By hand");
    assertThat(outlook.http.get(Outlook.EVENTS).json().get("value")).isEmpty();
  }

  @Test
  void aSubjectAndAPlaceAreCutWithoutAWord() throws Exception {
    String long300 = "x".repeat(300);
    JsonNode created =
        outlook
            .create(
                Outlook.event(",\"location\":{\"displayName\":\"" + long300 + "\"}")
                    .replace("\"Busy\"", "\"" + long300 + "\""))
            .json();

    String cut = "x".repeat(252) + "...";
    assertThat(created.path("subject").asText()).isEqualTo(cut);
    assertThat(created.path("location").path("displayName").asText()).isEqualTo(cut);
    assertThat(outlook.create(Outlook.event("").replace("Busy", "a\\u0007b")).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"street", "city", "state", "countryOrRegion", "postalCode"})
  void soIsEachPartOfAnAddress(String part) throws Exception {
    String at = ",\"location\":{\"displayName\":\"a\",\"address\":{\"%s\":\"%s\"}}";

    JsonNode created = outlook.create(Outlook.event(at.formatted(part, "x".repeat(256)))).json();

    assertThat(created.path("location").path("address").path(part).asText())
        .isEqualTo("x".repeat(252) + "...");
    assertThat(outlook.create(Outlook.event(at.formatted(part, "a\\u0007b"))).status())
        .isEqualTo(400);
  }

  @Test
  void aBodyIsHtmlUnlessTextIsAskedForAndHeeded() throws Exception {
    String body = "a < b\\nhttps://c.example.invalid";
    String id =
        outlook
            .create(
                Outlook.event(",\"body\":{\"contentType\":\"text\",\"content\":\"" + body + "\"}"))
            .json()
            .path("id")
            .asText();

    assertThat(body(id, "")).startsWith("html <html>").contains("a &lt; b<br>");
    assertThat(body(id, "text")).isEqualTo("text a < b\nhttps://c.example.invalid");
    outlook.settings("{\"linkedBodies\":true}");
    assertThat(body(id, "text"))
        .isEqualTo("text a < b\nhttps://c.example.invalid<https://c.example.invalid>");
    outlook.settings("{\"textOnRequest\":false}");
    assertThat(body(id, "text"))
        .contains("<a href=\"https://c.example.invalid\">https://c.example.invalid</a>");
  }

  private String body(String id, String form) throws Exception {
    JsonNode body =
        outlook
            .http
            .with("Prefer", "outlook.body-content-type=\"" + form + "\"")
            .get(Outlook.EVENTS + "/" + id)
            .json()
            .path("body");
    return body.path("contentType").asText() + " " + body.path("content").asText();
  }

  @Test
  void whatWasMadeAMomentAgoMayNotShowYet() throws Exception {
    outlook.settings("{\"hiddenSeconds\":60}");
    String path =
        Outlook.EVENTS + "/" + outlook.create(Outlook.event("")).json().get("id").asText();

    assertThat(outlook.http.get(path).status()).isEqualTo(404);
    assertThat(outlook.http.json("PATCH", path, "{\"subject\":\"x\"}").status()).isEqualTo(404);
    assertThat(outlook.http.delete(path).status()).isEqualTo(404);
    assertThat(value(VIEW)).hasSize(1);
    outlook.settings("{\"unlistedSeconds\":60}");
    assertThat(value(VIEW)).isEmpty();
    assertThat(value(Outlook.EVENTS)).isEmpty();
    outlook.settings("{\"hiddenSeconds\":0}");
    assertThat(outlook.http.get(path).status()).isEqualTo(200);
  }

  @Test
  void aDeleteOfWhatIsGoneMayBeForbidden() throws Exception {
    String path =
        Outlook.EVENTS + "/" + outlook.create(Outlook.event("")).json().get("id").asText();
    outlook.settings("{\"deleteOfGone\":\"ErrorCannotDeleteObject\"}");

    assertThat(outlook.http.delete(path).status()).isEqualTo(204);
    Http.Answer refused = outlook.http.delete(path);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().at("/error/code").asText()).isEqualTo("ErrorCannotDeleteObject");
  }
}
