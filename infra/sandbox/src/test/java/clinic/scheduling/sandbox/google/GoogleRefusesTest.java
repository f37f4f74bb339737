package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.Http;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleRefusesTest {
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
  void everythingWeMaySendIsTakenWhenRightlyTyped() throws Exception {
    Http.Answer created =
        google.insert(
            GoogleCalendar.event(
                """
                ,"id":"bk0001abc","location":"1 Pier St, Bayview, CA","transparency":"opaque",
                "visibility":"private","description":"See Canvas","colorId":"9",
                "source":{"title":"Canvas","url":"https://canvas.example.invalid/1"},
                "reminders":{"useDefault":false,"overrides":[{"method":"popup","minutes":10}]},
                "extendedProperties":{"private":{"canvasAppointment":"bk-1"}}
                """));

    assertThat(created.status()).as(created.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"titel\":\"unknown field\"",
        ",\"summary\":7",
        ",\"transparency\":\"busy\"",
        ",\"visibility\":\"secret\"",
        ",\"reminders\":{\"useDefault\":\"false\"}",
        ",\"reminders\":{\"overrides\":[{\"method\":\"popup\",\"minutes\":\"10\"}]}",
        ",\"extendedProperties\":{\"private\":{\"n\":1}}",
        ",\"extendedProperties\":{\"ours\":{\"n\":\"1\"}}",
        ",\"extendedProperties\":{\"private\":"
            + "{\"aNameThatIsLongerThanFortyFourCharactersInAllIs\":\"1\"}}",
        ",\"id\":\"bk-1\"",
        ",\"id\":\"BK0001ABC\"",
        ",\"id\":\"wxyz1\"",
        ",\"id\":\"abc\"",
        ",\"id\":\"bk0001abc\",\"iCalUID\":\"u@example.invalid\"",
        ",\"attendees\":{\"email\":\"a@example.invalid\"}",
        ",\"summary\":\"a member given twice\""
      })
  void aMistypedEventIsRefusedInGooglesWords(String more) throws Exception {
    Http.Answer refused = google.insert(GoogleCalendar.event(more));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/errors/0/reason").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"start\":{\"dateTime\":\"2026-02-03T09:00:00\"},"
            + "\"end\":{\"dateTime\":\"2026-02-03T09:30:00-08:00\"}}",
        "{\"start\":{\"dateTime\":\"2026-02-03T09:00:00-08:00\"}}",
        "{\"start\":{\"dateTime\":\"2026-02-03T09:00:00-08:00\"},"
            + "\"end\":{\"dateTime\":\"2026-02-03T09:00:00-08:00\"}}",
        "{\"start\":{\"dateTime\":\"2026-02-03T09:00:00-08:00\",\"timeZone\":\"Pacific\"},"
            + "\"end\":{\"dateTime\":\"2026-02-03T09:30:00-08:00\"}}"
      })
  void anEventWithoutGoodTimesIsRefused(String body) throws Exception {
    assertThat(google.insert(body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?sendUpdate=none",
        "?sendUpdates=nobody",
        "?maxResults=many",
        "?showDeleted=yes",
        "?timeMin=2026-02-03T09:00:00",
        "?orderBy=startTime",
        "?privateExtendedProperty=canvas"
      })
  void aBadParameterIsRefused(String query) throws Exception {
    assertThat(google.http.get(GoogleCalendar.EVENTS + query).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rateLimitExceeded", "quotaExceeded"})
  void aLimitIsTheDomainUsageLimits(String reason) throws Exception {
    google.fault("{\"kind\":\"status\",\"status\":403,\"code\":\"" + reason + "\"}");

    Http.Answer limited = google.insert(GoogleCalendar.event(""));

    assertThat(limited.status()).isEqualTo(403);
    assertThat(limited.json().at("/error/errors/0/domain").asText()).isEqualTo("usageLimits");
    assertThat(limited.json().at("/error/errors/0/reason").asText()).isEqualTo(reason);
  }

  @Test
  void aForbiddenCalendarIsNoLimit() throws Exception {
    google.fault("{\"kind\":\"status\",\"status\":403,\"code\":\"forbidden\"}");

    assertThat(google.insert(GoogleCalendar.event("")).json().at("/error/errors/0/domain").asText())
        .isNotEqualTo("usageLimits");
  }

  @Test
  void aCutAnswerMayHideAnInsert() throws Exception {
    google.fault("{\"kind\":\"cut-after-effect\",\"match\":\"POST\"}");
    String body = GoogleCalendar.event(",\"id\":\"bk0001abc\"");

    assertThatThrownBy(() -> google.insert(body)).isInstanceOf(IOException.class);

    assertThat(google.insert(body).status()).isEqualTo(409);
  }
}
