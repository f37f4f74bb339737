package clinic.scheduling.calendaraccess.outlook;

/** Our credentials for Microsoft Graph. Each function reads them from its keys. */
public interface GraphAccess {
  /** The id of our application in the tenant. */
  String clientId();

  /** The secret of our application, or the ARN of a Secrets Manager secret. */
  String clientSecret();
}
