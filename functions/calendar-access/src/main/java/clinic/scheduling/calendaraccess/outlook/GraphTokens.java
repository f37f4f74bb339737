package clinic.scheduling.calendaraccess.outlook;

import clinic.scheduling.calendaraccess.keys.GraphKeys;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import clinic.scheduling.core.wiring.SecretReferences;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The access token of this application. One token serves all mailboxes that the application may
 * use.
 */
@Singleton
public final class GraphTokens {
  private static final String SCOPE = "https://graph.microsoft.com/.default";

  private final AccessTokens tokens;

  /**
   * @param api created when it is called, because without its key it cannot be created
   */
  GraphTokens(
      @RestClient Provider<GraphTokenApi> api,
      GraphKeys keys,
      SecretReferences references,
      Clock clock) {
    Optional<Secret> secret = keys.clientSecret().map(references::resolve).map(Secret::new);
    this.tokens =
        new AccessTokens(
            () -> issue(api.get(), keys.clientId().orElseThrow(), secret.orElseThrow()), clock);
  }

  /**
   * A token that does not expire soon.
   *
   * @throws UnavailableException if Entra issues none
   */
  public Secret current() {
    return tokens.current();
  }

  /** Drops the token after a 401, so that the next request gets a new one. */
  public void invalidate() {
    invalidate(tokens.current());
  }

  /** As {@link #invalidate()}, unless another caller has got a new token since. */
  public void invalidate(Secret refused) {
    tokens.invalidate(refused);
  }

  private static AccessTokens.Issued issue(GraphTokenApi api, String clientId, Secret secret) {
    try {
      GraphTokenApi.Token token = api.token("client_credentials", SCOPE, clientId, secret.value());
      return new AccessTokens.Issued(
          new Secret(token.accessToken()), Duration.ofSeconds(token.expiresIn()));
    } catch (WebApplicationException | ProcessingException e) {
      throw new UnavailableException("graph-token", RetryAfter.USUAL, e);
    }
  }
}
