package clinic.scheduling.calendaraccess.keys;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Keys with given values, as the environment would have them. An empty value is none. */
public final class SimulatedKeys {
  private SimulatedKeys() {}

  public static GraphKeys graph(Map<String, String> environment) {
    return new GraphKeys() {
      @Override
      public Optional<URI> url() {
        return value(environment, "GRAPH_URL").map(URI::create);
      }

      @Override
      public Optional<URI> tokenUrl() {
        return value(environment, "GRAPH_TOKEN_URL").map(URI::create);
      }

      @Override
      public Optional<String> clientId() {
        return value(environment, "GRAPH_CLIENT_ID");
      }

      @Override
      public Optional<String> clientSecret() {
        return value(environment, "GRAPH_CLIENT_SECRET");
      }
    };
  }

  public static GoogleKeys google(Map<String, String> environment) {
    return new GoogleKeys() {
      @Override
      public Optional<URI> calendarUrl() {
        return value(environment, "GOOGLE_CALENDAR_URL").map(URI::create);
      }

      @Override
      public Optional<URI> tokenUrl() {
        return value(environment, "GOOGLE_TOKEN_URL").map(URI::create);
      }

      @Override
      public Optional<String> serviceAccount() {
        return value(environment, "GOOGLE_SERVICE_ACCOUNT");
      }
    };
  }

  public static CalendarProviders providers(Map<String, String> environment) {
    return new CalendarProviders(graph(environment), google(environment));
  }

  private static Optional<String> value(Map<String, String> environment, String key) {
    return Optional.ofNullable(environment.get(key)).filter(text -> !text.isEmpty());
  }
}
