package clinic.scheduling.calendaraccess.outlook;

import clinic.scheduling.calendaraccess.keys.SimulatedKeys;
import clinic.scheduling.core.wiring.SecretReferences;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Creates the real tokens for Graph without a REST client, for the simulation. */
public final class SimulatedGraphTokens {
  private SimulatedGraphTokens() {}

  /**
   * @param post sends a form to the token endpoint, and returns the answer
   */
  public static GraphTokens on(
      URI graph, Function<Map<String, String>, JsonNode> post, Clock clock) {
    GraphTokenApi api =
        (grantType, scope, clientId, clientSecret) -> {
          JsonNode token =
              post.apply(
                  Map.of(
                      "grant_type", grantType,
                      "scope", scope,
                      "client_id", clientId,
                      "client_secret", clientSecret));
          return new GraphTokenApi.Token(
              token.path("access_token").asText(), token.path("expires_in").asLong());
        };
    return new GraphTokens(
        () -> api,
        SimulatedKeys.graph(
            Map.of(
                "GRAPH_URL", graph.toString(),
                "GRAPH_CLIENT_ID", "simulation",
                "GRAPH_CLIENT_SECRET", "simulation")),
        new SecretReferences(),
        clock);
  }
}
