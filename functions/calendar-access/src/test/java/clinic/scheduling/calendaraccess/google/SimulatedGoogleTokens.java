package clinic.scheduling.calendaraccess.google;

import clinic.scheduling.calendaraccess.keys.SimulatedKeys;
import clinic.scheduling.core.wiring.SecretReferences;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Creates the real tokens for Google without a REST client, for the simulation. */
public final class SimulatedGoogleTokens {
  private SimulatedGoogleTokens() {}

  /**
   * @param serviceAccount the key file
   * @param post sends a form to the token endpoint, and returns the answer
   */
  public static GoogleTokens on(
      String serviceAccount, Function<Map<String, String>, JsonNode> post, Clock clock) {
    GoogleTokenApi api =
        (grantType, assertion) -> {
          JsonNode token = post.apply(Map.of("grant_type", grantType, "assertion", assertion));
          return new GoogleTokenApi.Token(
              token.path("access_token").asText(), token.path("expires_in").asLong());
        };
    return new GoogleTokens(
        () -> api,
        SimulatedKeys.google(Map.of("GOOGLE_SERVICE_ACCOUNT", serviceAccount)),
        new SecretReferences(),
        new ObjectMapper(),
        clock);
  }
}
