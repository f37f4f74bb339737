package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scopes that the administrator of the domain has authorised for the service account ({@code
 * docs/facts/google.md} 1).
 */
final class Delegation {
  static final String PREFIX = "https://www.googleapis.com/auth/";

  private static final Set<String> USUAL =
      Set.of(
              "calendar",
              "calendar.events",
              "calendar.events.owned",
              "calendar.events.readonly",
              "calendar.events.freebusy",
              "calendar.freebusy",
              "calendar.readonly")
          .stream()
          .map(PREFIX::concat)
          .collect(Collectors.toUnmodifiableSet());

  private final Set<String> known = new HashSet<>();
  private volatile Set<String> allowed = USUAL;

  Delegation() {
    Json.resource("/contracts/google-calendar-v3.discovery.json")
        .at("/auth/oauth2/scopes")
        .fieldNames()
        .forEachRemaining(known::add);
  }

  boolean knows(Set<String> scopes) {
    return known.containsAll(scopes);
  }

  boolean allows(Set<String> scopes) {
    return allowed.containsAll(scopes);
  }

  /**
   * Replaces what is authorised; the names may lack {@value #PREFIX}.
   *
   * @throws IllegalArgumentException if a scope is none of Google Calendar's
   */
  void allow(Set<String> scopes) {
    Set<String> whole =
        scopes.stream()
            .map(scope -> scope.startsWith(PREFIX) ? scope : PREFIX + scope)
            .collect(Collectors.toUnmodifiableSet());
    if (!knows(whole)) {
      throw new IllegalArgumentException("not scopes of Google Calendar: " + scopes);
    }
    allowed = whole;
  }

  void reset() {
    allowed = USUAL;
  }

  Set<String> allowed() {
    return allowed;
  }
}
