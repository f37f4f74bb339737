package clinic.scheduling.calendaraccess.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;
import java.util.Optional;

/**
 * The addresses and credentials for Microsoft Graph. All are optional: {@link CalendarProviders}.
 */
@ConfigMapping(prefix = "")
public interface GraphKeys {
  /** Microsoft Graph; ends in {@code /v1.0}. */
  @WithName("GRAPH_URL")
  Optional<URI> url();

  /** The token endpoint of the tenant; the REST client of {@code GraphTokens} calls it. */
  @WithName("GRAPH_TOKEN_URL")
  Optional<URI> tokenUrl();

  /** The id of our application in the tenant. */
  @WithName("GRAPH_CLIENT_ID")
  Optional<String> clientId();

  /** The secret of our application, or the ARN of a Secrets Manager secret. */
  @WithName("GRAPH_CLIENT_SECRET")
  Optional<String> clientSecret();
}
