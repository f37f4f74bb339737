package clinic.scheduling.canvas;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import clinic.scheduling.core.wiring.SecretReferences;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Provides the calls to Canvas, with one token for the whole process (docs/facts/canvas.md 1.1).
 */
@Singleton
final class CanvasBeans {

  /**
   * The calls to Canvas. The time limit of a call is the sum of the connect and the read time-out,
   * even if the response arrives slowly.
   */
  @Produces
  @Singleton
  CanvasCalls calls(
      @RestClient TokenApi api,
      CanvasSettings canvas,
      SecretReferences references,
      CallBudget budget,
      Clock clock) {
    Secret secret = new Secret(references.resolve(canvas.clientSecret()));
    Duration tokenTimeLimit = Duration.ofMillis(canvas.connectMillis() + canvas.tokenReadMillis());
    AccessTokens tokens =
        new AccessTokens(() -> issue(api, canvas.clientId(), secret, tokenTimeLimit), clock);
    Duration callTimeLimit = Duration.ofMillis(canvas.connectMillis() + canvas.readMillis());
    return new CanvasCalls(tokens, budget, callTimeLimit, clock);
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
