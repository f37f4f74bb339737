package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where providers send their notices: below the public address of the API. Providers call HTTPS
 * only. The stand-ins of the local run call this machine, too.
 */
@Singleton
final class WatchAddress {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI api;

  WatchAddress(Settings.PublicApi api) {
    this.api = api.url();
  }

  /** Where a provider sends its notices; empty if no provider can reach the API. */
  Optional<URI> of(Provider provider) {
    boolean isReachable =
        "https".equalsIgnoreCase(api.getScheme())
            || ("http".equalsIgnoreCase(api.getScheme()) && THIS_MACHINE.contains(host()));
    return isReachable
        ? Optional.of(URI.create(base() + "/webhooks/" + provider.name().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private String host() {
    return api.getHost() == null ? "" : api.getHost().toLowerCase(Locale.ROOT);
  }

  private String base() {
    return api.toString().replaceFirst("/+$", "");
  }
}
