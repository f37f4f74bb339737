package clinic.scheduling.calendaraccess.keys;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which calendar providers are on: those whose keys are all set. A clinic that uses Outlook alone
 * needs no keys for Google. A missing key is an error only if the practice document has a calendar
 * of that provider.
 */
@Singleton
public final class CalendarProviders {
  private final GraphKeys graph;
  private final GoogleKeys google;

  public CalendarProviders(GraphKeys graph, GoogleKeys google) {
    this.graph = graph;
    this.google = google;
  }

  public boolean isOn(Provider provider) {
    return missing(provider).isEmpty();
  }

  /** Where we call the provider; empty if it is off. */
  public Optional<URI> url(Provider provider) {
    return switch (provider) {
      case OUTLOOK -> graph.url().filter(url -> isOn(provider));
      case GOOGLE -> google.calendarUrl().filter(url -> isOn(provider));
    };
  }

  /**
   * What is wrong with a practice document that has calendars of providers that are off. Of each
   * provider, the first calendar is named.
   *
   * @param isCalled which calendars the function calls
   */
  public List<FieldError> errors(Practice practice, Predicate<CalendarBinding> isCalled) {
    List<FieldError> errors = new ArrayList<>();
    for (Provider provider : Provider.values()) {
      List<String> missing = missing(provider);
      if (!missing.isEmpty()) {
        firstField(practice, isCalled.and(calendar -> calendar.provider() == provider))
            .map(field -> new FieldError(field, "needs " + String.join(", ", missing)))
            .ifPresent(errors::add);
      }
    }
    return errors;
  }

  private static Optional<String> firstField(
      Practice practice, Predicate<CalendarBinding> isMeant) {
    for (int i = 0; i < practice.practitioners().size(); i++) {
      List<CalendarBinding> calendars = practice.practitioners().get(i).calendars();
      for (int j = 0; j < calendars.size(); j++) {
        if (isMeant.test(calendars.get(j))) {
          return Optional.of("practitioners[" + i + "].calendars[" + j + "].provider");
        }
      }
    }
    return Optional.empty();
  }

  private List<String> missing(Provider provider) {
    Map<String, Optional<?>> keys =
        switch (provider) {
          case OUTLOOK ->
              Map.of(
                  "GRAPH_URL", graph.url(),
                  "GRAPH_TOKEN_URL", graph.tokenUrl(),
                  "GRAPH_CLIENT_ID", graph.clientId(),
                  "GRAPH_CLIENT_SECRET", graph.clientSecret());
          case GOOGLE ->
              Map.of(
                  "GOOGLE_CALENDAR_URL", google.calendarUrl(),
                  "GOOGLE_TOKEN_URL", google.tokenUrl(),
                  "GOOGLE_SERVICE_ACCOUNT", google.serviceAccount());
        };
    return new TreeMap<>(keys)
        .entrySet().stream()
            .filter(key -> key.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
  }
}
