package clinic.scheduling.calendaraccess.google;

import clinic.scheduling.calendaraccess.keys.GoogleKeys;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import clinic.scheduling.core.wiring.SecretReferences;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Google access tokens, one for each mailbox. With its token, the service account acts for the
 * mailbox's user (domain-wide delegation, {@code docs/facts/google.md} 1).
 */
@Singleton
public final class GoogleTokens {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Map<String, AccessTokens> byMailbox = new ConcurrentHashMap<>();
  private final Provider<GoogleTokenApi> api;
  private final Optional<ServiceAccount> account;
  private final Clock clock;

  /**
   * @param api created when it is called, because without its key it cannot be created
   */
  GoogleTokens(
      @RestClient Provider<GoogleTokenApi> api,
      GoogleKeys keys,
      SecretReferences references,
      ObjectMapper mapper,
      Clock clock) {
    this.api = api;
    this.account =
        keys.serviceAccount()
            .map(references::resolve)
            .map(json -> ServiceAccount.read(json, mapper));
    this.clock = clock;
  }

  /**
   * The access tokens for one mailbox. A token is requested when it is needed, and is then kept
   * until it expires.
   *
   * <p>A request for a token throws {@link TokenRefusedException}, or {@link UnavailableException}
   * if Google does not answer.
   */
  public AccessTokens of(String mailbox) {
    return byMailbox.computeIfAbsent(mailbox, user -> new AccessTokens(() -> issue(user), clock));
  }

  private AccessTokens.Issued issue(String user) {
    try {
      GoogleTokenApi.Token token =
          api.get().token(GRANT, account.orElseThrow().assertion(user, clock.instant()));
      return new AccessTokens.Issued(
          new Secret(token.accessToken()), Duration.ofSeconds(token.expiresIn()));
    } catch (WebApplicationException e) {
      int status = e.getResponse().getStatus();
      if (status >= 400 && status < 500 && status != 408 && status != 429) {
        throw new TokenRefusedException(status);
      }
      throw new UnavailableException("google-token", PAUSE, e);
    } catch (ProcessingException e) {
      throw new UnavailableException("google-token", PAUSE, e);
    }
  }
}
