package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The sync tokens that were issued ({@code docs/facts/google.md} 3). A token stands for a change of
 * one calendar and for the parameters of the first list. It has no window of time. It ends after
 * {@link #LIFE}, by control, or when {@value #MOST} younger ones exist.
 */
final class SyncTokens {
  /** Google does not say how long a token lives. */
  static final Duration LIFE = Duration.ofDays(28);

  private static final int MOST = 10_000;
  private static final String PREFIX = "sync-";
  private static final Pattern TOKEN = Pattern.compile(PREFIX + "[0-9a-f-]{36}");

  /** Those that no list with a sync token may have, and that a list with a token lacks. */
  private static final List<String> FORBIDDEN =
      List.of(
          "iCalUID",
          "orderBy",
          "privateExtendedProperty",
          "q",
          "sharedExtendedProperty",
          "timeMin",
          "timeMax",
          "updatedMin");

  /** Parameters that may differ from those of the first list. */
  private static final Set<String> FREE =
      Set.of(
          "syncToken",
          "pageToken",
          "maxResults",
          "showDeleted",
          "timeMin",
          "timeMax",
          "fields",
          "quotaUser",
          "prettyPrint",
          "alt",
          "key");

  private record Issued(
      String calendar, long revision, Map<String, List<String>> parameters, Instant at) {}

  private final Map<String, Issued> issued = new LinkedHashMap<>();
  private final Clock clock;

  SyncTokens(Clock clock) {
    this.clock = clock;
  }

  /** A token for later rounds; none if the list had a parameter that no round may have. */
  synchronized Optional<String> issue(Call call, String calendar, long revision) {
    boolean limited =
        FORBIDDEN.stream()
            .filter(name -> !name.startsWith("time"))
            .anyMatch(name -> call.query(name).isPresent());
    if (limited) {
      return Optional.empty();
    }
    if (issued.size() >= MOST) {
      issued.remove(issued.keySet().iterator().next());
    }
    String token = PREFIX + UUID.randomUUID();
    issued.put(token, new Issued(calendar, revision, same(call), clock.instant()));
    return Optional.of(token);
  }

  /**
   * The change that the token stands for.
   *
   * @param forgotten a token for an earlier change is dead
   */
  synchronized long revision(String token, Call call, long forgotten, String calendar) {
    FORBIDDEN.stream()
        .filter(name -> call.query(name).isPresent())
        .findFirst()
        .ifPresent(
            name -> {
              throw refused("The parameter " + name + " cannot be used with a sync token.");
            });
    if (call.query("showDeleted").orElse("true").equals("false")) {
      throw refused("showDeleted=false cannot be used with a sync token.");
    }
    if (!TOKEN.matcher(token).matches()) {
      throw refused("Invalid sync token value.");
    }
    Issued found = issued.get(token);
    if (found == null || !found.at().plus(LIFE).isAfter(clock.instant())) {
      throw dead();
    }
    if (!found.calendar().equals(calendar)) {
      throw refused("Invalid sync token value.");
    }
    if (found.revision() < forgotten) {
      throw dead();
    }
    if (!found.parameters().equals(same(call))) {
      throw refused("The sync token was issued for other parameters.");
    }
    return found.revision();
  }

  /** Ends the tokens of a calendar; those of all calendars if it is empty. */
  synchronized void kill(String calendar) {
    issued.values().removeIf(it -> calendar.isEmpty() || it.calendar().equals(calendar));
  }

  private static Map<String, List<String>> same(Call call) {
    Map<String, List<String>> same = new TreeMap<>(call.query());
    same.keySet().removeAll(FREE);
    same.remove("singleEvents", List.of("false"));
    return same;
  }

  private static GoogleException dead() {
    return new GoogleException(
        410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.");
  }

  private static GoogleException refused(String message) {
    return GoogleException.invalid(message);
  }
}
