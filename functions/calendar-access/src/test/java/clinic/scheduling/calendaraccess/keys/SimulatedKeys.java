package clinic.scheduling.calendaraccess.keys;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Keys with given values, as the environment would have them. */
public final class SimulatedKeys {
  private SimulatedKeys() {}

  public static GraphKeys graph(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .withMapping(GraphKeys.class)
        .withDefaultValues(environment)
        .build()
        .getConfigMapping(GraphKeys.class);
  }

  public static GoogleKeys google(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .withMapping(GoogleKeys.class)
        .withDefaultValues(environment)
        .build()
        .getConfigMapping(GoogleKeys.class);
  }

  public static CalendarProviders providers(Map<String, String> environment) {
    return new CalendarProviders(graph(environment), google(environment));
  }
}
