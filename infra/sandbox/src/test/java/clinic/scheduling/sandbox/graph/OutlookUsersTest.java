package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.graph.subscriptions.EventChange;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person does in Outlook, by control calls. */
class OutlookUsersTest {
  private static final String EVENTS = "/mailboxes/ingrid.testwell@example.invalid/events";
  private static final String DAILY =
      """
      ,"recurrence":{"pattern":{"type":"daily","interval":1},
       "range":{"type":"noEnd","startDate":"2026-02-03"}}
      """;

  private Outlook outlook;

  @BeforeEach
  void start() throws Exception {
    outlook = new Outlook();
  }

  @AfterEach
  void stop() {
    outlook.close();
  }

  private JsonNode act(String id, String action, String body) throws Exception {
    return outlook.control("POST", EVENTS + "/" + id + "/" + action, body);
  }

  private int status(String id) throws Exception {
    return outlook.http.get(Outlook.EVENTS + "/" + id).status();
  }

  @Test
  void aNewUserGetsAMailboxAndOthersKeepTheirs() throws Exception {
    String id = outlook.made("");

    outlook.http.send("POST", "/graph-control/mailboxes/new@example.invalid", "");
    outlook.http.send("POST", "/graph-control/mailboxes/ingrid.testwell@example.invalid", "");

    String events = "/graph/v1.0/users/new%40example.invalid/events";
    assertThat(outlook.http.get(events).json().path("value")).isEmpty();
    assertThat(status(id)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"shift, 60, 18:00, 18:30", "resize, -15, 17:00, 17:15", "resize, 2880, 17:00, 17:30"})
  void anEventIsMovedOrShortened(String action, int minutes, String start, String end)
      throws Exception {
    JsonNode changed = act(outlook.made(""), action, "{\"minutes\":" + minutes + "}");

    assertThat(changed.at("/start/dateTime").asText()).contains(start);
    assertThat(changed.at("/end/dateTime").asText()).contains(end);
  }

  @Test
  void anEventBecomesOneOfWholeDays() throws Exception {
    JsonNode changed = act(outlook.made(""), "all-day", "{\"days\":3}");

    assertThat(changed.get("isAllDay").asBoolean()).isTrue();
    assertThat(changed.at("/start/dateTime").asText()).startsWith("2026-02-03T00:00");
    assertThat(changed.at("/end/dateTime").asText()).startsWith("2026-02-06T00:00");
  }

  @Test
  void aCancelledMeetingStays() throws Exception {
    String id = outlook.made("");

    JsonNode cancelled = act(id, "cancel", "");

    assertThat(cancelled.get("isCancelled").asBoolean()).isTrue();
    assertThat(cancelled.get("subject").asText()).isEqualTo("Canceled: Busy");
    assertThat(cancelled.get("showAs").asText()).isEqualTo("free");
    assertThat(status(id)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"accepted, busy", "tentativelyAccepted, tentative"})
  void anAcceptedInvitationStays(String response, String showAs) throws Exception {
    JsonNode answered =
        act(outlook.made(""), "respond", "{\"response\":\"%s\"}".formatted(response));

    assertThat(answered.at("/responseStatus/response").asText()).isEqualTo(response);
    assertThat(answered.get("showAs").asText()).isEqualTo(showAs);
  }

  @Test
  void aDeclinedInvitationGoesUnlessItIsKept() throws Exception {
    String goes = outlook.made("");
    String stays = outlook.made("");

    act(goes, "respond", "{\"response\":\"declined\"}");
    JsonNode kept = act(stays, "respond", "{\"response\":\"declined\",\"keep\":true}");

    assertThat(kept.get("showAs").asText()).isEqualTo("free");
    assertThat(outlook.http.get(Outlook.EVENTS).json().get("value").findValuesAsText("id"))
        .containsExactly(stays);
  }

  @Test
  void aCopyHasOurStampButAnotherIdentity() throws Exception {
    String stamped =
        ",\"transactionId\":\"t-1\",\"singleValueExtendedProperties\":[{\"id\":\"%s\",\"value\":\"a\"}]"
            .formatted(Outlook.OUR_NAME);
    String id = outlook.made(stamped);

    JsonNode copy = act(id, "copy", "{}");
    JsonNode bare =
        act(id, "copy", "{\"to\":\"omar.samplesson@example.invalid\",\"withStamps\":false}");

    JsonNode original = outlook.control("GET", EVENTS + "/" + id, "");
    assertThat(copy.get("iCalUId")).isNotEqualTo(original.get("iCalUId"));
    assertThat(copy.has("transactionId")).isFalse();
    assertThat(copy.get("singleValueExtendedProperties").get(Outlook.OUR_NAME).asText())
        .isEqualTo("a");
    assertThat(bare.get("singleValueExtendedProperties")).isEmpty();
    assertThat(outlook.http.get(Outlook.EVENTS).json().get("value")).hasSize(2);
  }

  @Test
  void oneOccurrenceIsFoundMovedAndRemoved() throws Exception {
    String id = outlook.made(DAILY);
    JsonNode occurrences =
        outlook
            .control(
                "GET",
                EVENTS
                    + "/"
                    + id
                    + "/occurrences?from=2026-02-04T00:00:00Z&to=2026-02-06T00:00:00Z",
                "")
            .get("value");
    String first = occurrences.get(0).get("id").asText();

    act(first, "shift", "{\"minutes\":30}");
    outlook.control("DELETE", EVENTS + "/" + occurrences.get(1).get("id").asText(), "");

    assertThat(occurrences).hasSize(2);
    assertThat(outlook.control("GET", EVENTS + "/" + first, "").at("/start/dateTime").asText())
        .startsWith("2026-02-04T17:30");
    assertThat(status(occurrences.get(1).get("id").asText())).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"free", "tentative", "busy", "oof", "workingElsewhere"})
  void anEventIsMarked(String showAs) throws Exception {
    String id = outlook.made("");

    JsonNode changed =
        outlook.control(
            "PATCH",
            EVENTS + "/" + id,
            "{\"showAs\":\"%s\",\"sensitivity\":\"private\"}".formatted(showAs));

    assertThat(changed.get("showAs").asText()).isEqualTo(showAs);
    assertThat(changed.get("sensitivity").asText()).isEqualTo("private");
  }

  @ParameterizedTest
  @CsvSource({"dance, 404", "shift, 400", "respond, 400", "move, 400"})
  void anActionThatIsNotUnderstoodIsRefused(String action, int status) throws Exception {
    Http.Answer refused =
        outlook.http.json("POST", Outlook.BY_HAND + "/" + outlook.made("") + "/" + action, "{}");

    assertThat(refused.status()).isEqualTo(status);
  }

  @Test
  void aUserIsKnownByItsObjectIdToo() throws Exception {
    outlook.made("");
    String user = EventChange.objectId("ingrid.testwell@example.invalid");

    assertThat(outlook.http.get("/graph/v1.0/users/" + user + "/events").json().get("value"))
        .hasSize(1);
  }
}
