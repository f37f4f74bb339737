package clinic.scheduling.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlookRefusesTest {
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
  void everyPropertyWeMaySendIsTakenWhenRightlyTyped() throws Exception {
    Http.Answer created =
        outlook.create(
            Outlook.event(
                """
                ,"body":{"contentType":"text","content":"See Canvas"},"showAs":"busy",
                "sensitivity":"private","isReminderOn":false,"reminderMinutesBeforeStart":15,
                "categories":["Canvas"],"transactionId":"bk-1","isAllDay":false,"attendees":[],
                "location":{"displayName":"Home visit","locationType":"homeAddress",
                  "address":{"street":"1 Pier St","city":"Bayview","state":"CA",
                    "postalCode":"94000","countryOrRegion":"US"},
                  "coordinates":{"latitude":37.5,"longitude":-122.1}}
                """));

    assertThat(created.status()).as(created.body()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"titel\":\"unknown property\"",
        ",\"showAs\":\"occupied\"",
        ",\"isReminderOn\":\"false\"",
        ",\"reminderMinutesBeforeStart\":\"15\"",
        ",\"reminderMinutesBeforeStart\":1.5",
        ",\"categories\":\"Canvas\"",
        ",\"body\":\"text\"",
        ",\"body\":{\"contentType\":\"markdown\",\"content\":\"\"}",
        ",\"location\":{\"name\":\"clinic\"}",
        ",\"location\":{\"coordinates\":{\"latitude\":\"37.5\"}}",
        ",\"id\":\"AAMk1\"",
        ",\"iCalUId\":\"chosen\"",
        ",\"singleValueExtendedProperties\":[{\"id\":\"OurName\",\"value\":\"1\"}]",
        ",\"subject\":\"a member given twice\""
      })
  void aMistypedEventIsRefusedInGraphsWords(String more) throws Exception {
    Http.Answer refused = outlook.create(Outlook.event(more));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/code").asText()).isNotEmpty();
    assertThat(refused.json().at("/error/innerError/request-id").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "not json",
        "{\"start\":{\"dateTime\":\"2026-02-03T09:00:00\",\"timeZone\":\"UTC\"}}",
        "{\"start\":{},\"end\":{\"dateTime\":\"2026-02-03T09:30:00\",\"timeZone\":\"UTC\"}}"
      })
  void anEventWithoutItsTimesIsRefused(String body) throws Exception {
    assertThat(outlook.create(body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"dateTime\":\"2026-02-03T08:00:00\",\"timeZone\":\"America/Los_Angeles\"}",
        "{\"dateTime\":\"2026-02-03T09:30:00Z\",\"timeZone\":\"America/Los_Angeles\"}",
        "{\"dateTime\":\"2026-02-03T09:30:00\",\"timeZone\":\"Pacific\"}",
        "{\"dateTime\":\"2026-02-03T09:30:00\"}",
        "null"
      })
  void aBadEndIsRefusedAndChangesNothing(String end) throws Exception {
    String path =
        Outlook.EVENTS + "/" + outlook.create(Outlook.event("")).json().get("id").asText();
    String before = outlook.http.get(path).body();

    Http.Answer refused = outlook.http.json("PATCH", path, "{\"end\":" + end + "}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(outlook.http.get(path).body()).isEqualTo(before);
  }

  @Test
  void anEmptyChangeIsRefused() throws Exception {
    String path =
        Outlook.EVENTS + "/" + outlook.create(Outlook.event("")).json().get("id").asText();

    assertThat(outlook.http.json("PATCH", path, "{}").status()).isEqualTo(400);
  }

  @Test
  void aFilterThatIsNotUnderstoodIsRefusedRatherThanIgnored() throws Exception {
    assertThat(outlook.http.get(Outlook.EVENTS + "?%24filter=subject%20eq%20'x'").status())
        .isEqualTo(400);
  }

  @Test
  void anUnknownMailboxIsNotFoundOrDeniedAsSet() throws Exception {
    String stranger = "/graph/v1.0/users/nobody%40example.invalid/events";

    assertThat(outlook.http.get(stranger).json().at("/error/code").asText())
        .isEqualTo("MailboxNotEnabledForRESTAPI");
    outlook.settings("{\"unknownMailboxes\":\"deny\"}");
    assertThat(outlook.http.get(stranger).status()).isEqualTo(403);
    outlook.settings("{\"unknownMailboxes\":\"create\"}");
    assertThat(outlook.http.get(stranger).status()).isEqualTo(200);
  }

  @Test
  void aCallWithoutImmutableIdsIsRefusedWhereTheTestAsksForIt() throws Exception {
    outlook.settings("{\"requireImmutableIds\":true}");

    assertThat(outlook.create(Outlook.event("")).status()).isEqualTo(400);
    assertThat(
            outlook
                .http
                .with("Prefer", "IdType=\"ImmutableId\"")
                .json("POST", Outlook.EVENTS, Outlook.event(""))
                .status())
        .isEqualTo(201);
  }

  @Test
  void aMissingOrRevokedTokenIsRefused() throws Exception {
    assertThat(Http.to(outlook.server.url()).get(Outlook.EVENTS).status()).isEqualTo(401);

    outlook.http.json("POST", "/graph-control/revoke-tokens", "");

    assertThat(outlook.http.get(Outlook.EVENTS).json().at("/error/code").asText())
        .isEqualTo("InvalidAuthenticationToken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grant_type", "scope", "client_id", "client_secret"})
  void aTokenNeedsEveryField(String wrong) throws Exception {
    Http.Answer refused =
        Http.to(outlook.server.url())
            .form(
                "/graph/harbor/oauth2/v2.0/token",
                "grant_type",
                wrong.equals("grant_type") ? "password" : "client_credentials",
                "scope",
                wrong.equals("scope") ? "Mail.Read" : "https://graph.microsoft.com/.default",
                "client_id",
                wrong.equals("client_id") ? "" : "scheduling",
                "client_secret",
                wrong.equals("client_secret") ? "" : "not-a-secret");

    assertThat(refused.status()).isIn(400, 401);
    assertThat(refused.json().has("access_token")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-03T00:00:00Z, 2031-02-02T00:00:00Z, 200",
    "2026-02-03T00:00:00Z, 2031-02-02T00:00:01Z, 400",
    "2026-02-03T00:00:00Z, 2026-02-02T00:00:00Z, 400",
    "2026-02-03T00:00:00Z, soon, 400"
  })
  void aWindowHasAnOrderAndALongestLength(String from, String to, int status) throws Exception {
    String window = "?startDateTime=" + from + "&endDateTime=" + to;
    String view = Outlook.EVENTS.replace("events", "calendarView");

    assertThat(outlook.http.get(view + window).status()).isEqualTo(status);
    assertThat(outlook.http.get(view + "/delta" + window).status()).isEqualTo(status);
  }
}
