package clinic.scheduling.calendaraccess.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;
import java.util.Optional;

/**
 * The addresses and credentials for Google Calendar. All are optional: {@link CalendarProviders}.
 */
@ConfigMapping(prefix = "")
public interface GoogleKeys {
  /** Google Calendar; ends in {@code /calendar/v3}. REST clients call it. */
  @WithName("GOOGLE_CALENDAR_URL")
  Optional<URI> calendarUrl();

  /** Google's token endpoint; the REST client of {@code GoogleTokens} calls it. */
  @WithName("GOOGLE_TOKEN_URL")
  Optional<URI> tokenUrl();

  /** The key file of the service account: its JSON, or the ARN of a Secrets Manager secret. */
  @WithName("GOOGLE_SERVICE_ACCOUNT")
  Optional<String> serviceAccount();
}
