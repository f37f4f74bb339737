package clinic.scheduling.booking.meeting;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The addresses and credentials for Outlook and Google. They are optional: a practice whose
 * meetings block no time needs none of them ({@link AskedCalendars}).
 */
@ConfigMapping(prefix = "")
interface CalendarKeys {
  /** Microsoft Graph; ends in {@code /v1.0}. */
  @WithName("GRAPH_URL")
  Optional<URI> graphUrl();

  /** The token endpoint of the tenant. */
  @WithName("GRAPH_TOKEN_URL")
  Optional<URI> graphTokenUrl();

  /** The id of our application in the tenant. */
  @WithName("GRAPH_CLIENT_ID")
  Optional<String> graphClientId();

  /** The secret of our application, or the ARN of a Secrets Manager secret. */
  @WithName("GRAPH_CLIENT_SECRET")
  Optional<String> graphClientSecret();

  /** Google Calendar; ends in {@code /calendar/v3}. */
  @WithName("GOOGLE_CALENDAR_URL")
  Optional<URI> googleCalendarUrl();

  /** Google's token endpoint. */
  @WithName("GOOGLE_TOKEN_URL")
  Optional<URI> googleTokenUrl();

  /** The key file of the service account: its JSON, or the ARN of a Secrets Manager secret. */
  @WithName("GOOGLE_SERVICE_ACCOUNT")
  Optional<String> googleServiceAccount();

  /** The keys of a provider that are not set. */
  default Stream<String> missing(Provider provider) {
    Map<String, Optional<?>> keys =
        switch (provider) {
          case OUTLOOK ->
              Map.of(
                  "GRAPH_URL", graphUrl(),
                  "GRAPH_TOKEN_URL", graphTokenUrl(),
                  "GRAPH_CLIENT_ID", graphClientId(),
                  "GRAPH_CLIENT_SECRET", graphClientSecret());
          case GOOGLE ->
              Map.of(
                  "GOOGLE_CALENDAR_URL", googleCalendarUrl(),
                  "GOOGLE_TOKEN_URL", googleTokenUrl(),
                  "GOOGLE_SERVICE_ACCOUNT", googleServiceAccount());
        };
    return new TreeMap<>(keys)
        .entrySet().stream().filter(key -> key.getValue().isEmpty()).map(Map.Entry::getKey);
  }
}
