package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.outlook.GraphTokens;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the SDK our access token, for requests to Graph's own host only. */
final class GraphBearer implements AccessTokenProvider {
  private final GraphTokens tokens;
  private final AllowedHostsValidator hosts;

  GraphBearer(GraphTokens tokens, URI graph) {
    this.tokens = tokens;
    this.hosts = new AllowedHostsValidator(graph.getHost());
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
}
