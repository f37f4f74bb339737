package clinic.scheduling.calendaraccess.google;

/** Our credentials for Google Calendar. Each function reads them from its keys. */
public interface GoogleAccess {
  /** The key file of the service account: its JSON, or the ARN of a Secrets Manager secret. */
  String serviceAccount();
}
