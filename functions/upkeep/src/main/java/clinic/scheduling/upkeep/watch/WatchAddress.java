package clinic.scheduling.upkeep.watch;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where providers send their notices: below the public address of the API. Providers call HTTPS
 * only, and never this machine. The stand-ins of the local run do both.
 */
@Singleton
final class WatchAddress {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI api;
  private final ProviderAddresses providers;

  WatchAddress(Settings.PublicApi api, ProviderAddresses providers) {
    this.api = api.url();
    this.providers = providers;
  }

  /** Where a provider sends its notices; empty if no provider can reach the API. */
  Optional<URI> of(Provider provider) {
    return isReachableFor(provider)
        ? Optional.of(URI.create(base() + "/webhooks/" + provider.name().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private boolean isReachableFor(Provider provider) {
    if (isThisMachine(api)) {
      return isHttp(api) && isThisMachine(providers.of(provider));
    }
    return "https".equalsIgnoreCase(api.getScheme());
  }

  private static boolean isHttp(URI address) {
    return Set.of("http", "https").contains(lowerCase(address.getScheme()));
  }

  private static boolean isThisMachine(URI address) {
    return THIS_MACHINE.contains(lowerCase(address.getHost()));
  }

  private static String lowerCase(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private String base() {
    return api.toString().replaceFirst("/+$", "");
  }
}
