package clinic.scheduling.canvas;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import clinic.scheduling.core.wiring.SecretReferences;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** How Canvas is reached: one token for the whole process. */
@Singleton
final class CanvasBeans {

  /**
   * {@code CANVAS_FHIR_URL}, {@code CANVAS_AUTH_URL}: where the REST clients go. Asked for here
   * too, so that one that is missing is told at start, together with all others.
   */
  void needed(
      @Observes StartupEvent start,
      @ConfigProperty(name = "CANVAS_FHIR_URL") String fhir,
      @ConfigProperty(name = "CANVAS_AUTH_URL") String auth) {}

  /**
   * {@code CANVAS_CLIENT_ID}, {@code CANVAS_CLIENT_SECRET}: the application registered in Canvas;
   * the secret may be a Secrets Manager ARN. A call takes as long as connecting and reading may
   * take together, whatever comes of its answer meanwhile.
   */
  @Produces
  @Singleton
  CanvasCalls calls(
      @RestClient TokenApi api,
      @ConfigProperty(name = "CANVAS_CLIENT_ID") String clientId,
      @ConfigProperty(name = "CANVAS_CLIENT_SECRET") String clientSecret,
      @ConfigProperty(name = "quarkus.rest-client.canvas.connect-timeout") long connectMillis,
      @ConfigProperty(name = "quarkus.rest-client.canvas.read-timeout") long readMillis,
      @ConfigProperty(name = "quarkus.rest-client.canvas-auth.read-timeout") long tokenMillis,
      SecretReferences references,
      CallBudget time,
      Clock clock) {
    Secret secret = new Secret(references.resolve(clientSecret));
    Duration token = Duration.ofMillis(connectMillis + tokenMillis);
    AccessTokens tokens = new AccessTokens(() -> issue(api, clientId, secret, token), clock);
    return new CanvasCalls(tokens, time, Duration.ofMillis(connectMillis + readMillis), clock);
  }

  private static AccessTokens.Issued issue(
      TokenApi api, String clientId, Secret secret, Duration longest) {
    try {
      TokenApi.@Nullable Token token =
          ResponseTimeLimit.of(api.token("client_credentials", clientId, secret.value()), longest);
      if (token == null || token.accessToken() == null) {
        throw new UnavailableException("canvas-auth", Duration.ofSeconds(5));
      }
      return new AccessTokens.Issued(
          new Secret(token.accessToken()), Duration.ofSeconds(token.expiresIn()));
    } catch (WebApplicationException | ProcessingException e) {
      throw new UnavailableException("canvas-auth", Duration.ofSeconds(5), e);
    }
  }
}
