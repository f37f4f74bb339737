package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.google.GoogleAccess;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;

/** The addresses and credentials for Google Calendar. */
@ConfigMapping(prefix = "")
interface GoogleSettings extends GoogleAccess {
  /**
   * Google Calendar; ends in {@code /calendar/v3}. The REST client of {@link GoogleApi} calls it.
   */
  @WithName("GOOGLE_CALENDAR_URL")
  URI calendarUrl();

  /** Google's token endpoint; the REST client of {@code GoogleTokens} calls it. */
  @WithName("GOOGLE_TOKEN_URL")
  URI tokenUrl();

  /** The key file of the service account: its JSON, or the ARN of a Secrets Manager secret. */
  @Override
  @WithName("GOOGLE_SERVICE_ACCOUNT")
  String serviceAccount();
}
