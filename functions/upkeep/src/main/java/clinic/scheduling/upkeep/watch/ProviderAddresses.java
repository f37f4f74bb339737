package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;

/** Where we call the providers of calendars. */
@ConfigMapping(prefix = "")
interface ProviderAddresses {
  @WithName("GRAPH_URL")
  URI graph();

  @WithName("GOOGLE_CALENDAR_URL")
  URI google();

  default URI of(Provider provider) {
    return switch (provider) {
      case OUTLOOK -> graph();
      case GOOGLE -> google();
    };
  }
}
