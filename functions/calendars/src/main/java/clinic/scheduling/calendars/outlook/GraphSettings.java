package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.outlook.GraphAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;

/** The addresses and credentials for Microsoft Graph. */
@ConfigMapping(prefix = "")
interface GraphSettings extends GraphAccess {
  /** Microsoft Graph; ends in {@code /v1.0}. */
  @WithName("GRAPH_URL")
  URI url();

  /** The token endpoint of the tenant; the REST client of {@code GraphTokens} calls it. */
  @WithName("GRAPH_TOKEN_URL")
  URI tokenUrl();

  /** The id of our application in the tenant. */
  @Override
  @WithName("GRAPH_CLIENT_ID")
  String clientId();

  /** The secret of our application, or the ARN of a Secrets Manager secret. */
  @Override
  @WithName("GRAPH_CLIENT_SECRET")
  String clientSecret();
}
