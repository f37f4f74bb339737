package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;
import java.util.Optional;

/**
 * Where we call the providers of calendars. Other settings of the function demand these keys and
 * check them, so that each is named once if it is missing or wrong.
 */
@ConfigMapping(prefix = "")
interface ProviderAddresses {
  @WithName("GRAPH_URL")
  Optional<String> graph();

  @WithName("GOOGLE_CALENDAR_URL")
  Optional<String> google();

  default URI of(Provider provider) {
    return switch (provider) {
      case OUTLOOK -> URI.create(graph().orElseThrow());
      case GOOGLE -> URI.create(google().orElseThrow());
    };
  }
}
