package clinic.scheduling.calendaraccess.outlook;

import java.net.URI;

/** Where Microsoft Graph is, and our credentials for it. Each function reads them from its keys. */
public interface GraphAccess {
  /** Microsoft Graph; ends in {@code /v1.0}. */
  URI url();

  /** The id of our application in the tenant. */
  String clientId();

  /** The secret of our application, or the ARN of a Secrets Manager secret. */
  String clientSecret();
}
