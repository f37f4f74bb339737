package clinic.scheduling.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoogleTokenTest {
  private static final long NOW = GoogleCalendar.NOW.getEpochSecond();

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
  void aSignedClaimForAUserOfTheDomainGetsAToken() throws Exception {
    Http.Answer granted = google.token(google.sign(google.claims()));

    assertThat(granted.status()).isEqualTo(200);
    assertThat(granted.json().get("expires_in").asLong()).isEqualTo(3599);
  }

  @Test
  void aTokenOpensTheCalendarOfItsUserOnly() throws Exception {
    Http omar = google.as("omar.samplesson@example.invalid");

    assertThat(omar.get(GoogleCalendar.EVENTS).status()).isEqualTo(404);
    assertThat(omar.get("/google/calendar/v3/calendars/primary/events").status()).isEqualTo(200);
    assertThat(Http.to(google.server.url()).get(GoogleCalendar.EVENTS).status()).isEqualTo(401);
  }

  @Test
  void aForeignSignatureAndAChangedClaimAreRefused() throws Exception {
    String[] parts = google.sign(google.claims()).split("\\.");
    String otherUser =
        GoogleCalendar.part(
            google.claims().put("sub", "omar.samplesson@example.invalid").toString());
    String unsigned = GoogleCalendar.part("{\"alg\":\"none\"}") + "." + parts[1] + ".";

    try (GoogleCalendar other = new GoogleCalendar(ServiceAccount.create())) {
      assertThat(google.token(other.sign(google.claims())).status()).isEqualTo(400);
    }
    assertThat(google.token(parts[0] + "." + otherUser + "." + parts[2]).status()).isEqualTo(400);
    assertThat(google.token(unsigned).status()).isEqualTo(400);
    assertThat(google.token("a.b").json().get("error").asText()).isEqualTo("invalid_grant");
  }

  static Stream<ObjectNode> wrongClaims() {
    ObjectNode none = Json.object();
    return Stream.of(
        none.deepCopy().put("aud", "https://example.invalid/token"),
        none.deepCopy().put("exp", NOW + 3601),
        none.deepCopy().put("exp", NOW - 61).put("iat", NOW - 600),
        none.deepCopy().put("iat", NOW + 61),
        none.deepCopy().put("scope", "https://www.googleapis.com/auth/drive"),
        none.deepCopy().put("scope", ""),
        none.deepCopy().put("sub", "nobody@example.invalid"),
        none.deepCopy().put("iss", "other@example.invalid"));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void aWrongClaimIsRefused(ObjectNode wrong) throws Exception {
    ObjectNode claims = google.claims();
    claims.setAll(wrong);

    Http.Answer refused = google.token(google.sign(claims));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().has("access_token")).isFalse();
  }
}
