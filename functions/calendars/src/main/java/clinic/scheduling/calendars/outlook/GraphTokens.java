package clinic.scheduling.calendars.outlook;

import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import clinic.scheduling.core.wiring.SecretReferences;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * The access token of this application. One token serves all mailboxes that the application may
 * use.
 */
@Singleton
final class GraphTokens implements AccessTokenProvider {
  private static final String SCOPE = "https://graph.microsoft.com/.default";

  private final AccessTokens tokens;
  private final AllowedHostsValidator hosts;

  GraphTokens(
      @RestClient GraphTokenApi api,
      GraphSettings settings,
      SecretReferences references,
      Clock clock) {
    Secret secret = new Secret(references.resolve(settings.clientSecret()));
    this.tokens = new AccessTokens(() -> issue(api, settings.clientId(), secret), clock);
    this.hosts = new AllowedHostsValidator(settings.url().getHost());
  }

  /** Drops the token after a 401, so that the next request gets a new one. */
  void invalidate() {
    tokens.invalidate(tokens.current());
  }

  @Override
  public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
    // Graph's answer contains the link to the next page. The token must not go to another host.
    return hosts.isUrlHostValid(uri) ? tokens.current().value() : "";
  }

  @Override
  public AllowedHostsValidator getAllowedHostsValidator() {
    return hosts;
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
