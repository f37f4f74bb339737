package clinic.scheduling.upkeep.watch;

import clinic.scheduling.calendaraccess.keys.CalendarProviders;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where providers send their notices: below the public address of the API. Providers call HTTPS
 * only, and never this machine. The stand-ins of the local run do both.
 */
@Singleton
final class WatchAddress {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI api;
  private final CalendarProviders providers;

  WatchAddress(Settings.PublicApi api, CalendarProviders providers) {
    this.api = api.url();
    this.providers = providers;
  }

  /** Where a provider sends its notices; empty if it is off, or cannot reach the API. */
  Optional<URI> of(Provider provider) {
    return providers
        .url(provider)
        .filter(this::isReachableFor)
        .map(url -> URI.create(base() + "/webhooks/" + provider.name().toLowerCase(Locale.ROOT)));
  }

  /** The providers that are on and cannot reach the API. */
  List<Provider> unable() {
    return Stream.of(Provider.values())
        .filter(it -> providers.isOn(it) && of(it).isEmpty())
        .toList();
  }

  private boolean isReachableFor(URI provider) {
    if (isThisMachine(api)) {
      return isHttp(api) && isThisMachine(provider);
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
