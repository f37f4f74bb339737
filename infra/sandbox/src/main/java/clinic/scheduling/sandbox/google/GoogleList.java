package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * {@code events.list} and {@code events.instances}, page by page. All pages of one list show the
 * calendar as it was at the first. The sync token comes with the last.
 */
final class GoogleList {
  private static final int USUAL = 250;
  private static final int MOST = 2500;
  private static final int MOST_PAGES = 1000;

  /**
   * What is left of a list.
   *
   * @param parameters those that all pages have to share
   */
  private record Rest(
      String path,
      Map<String, List<String>> parameters,
      String calendar,
      List<ObjectNode> items,
      long revision,
      boolean syncs) {}

  private final Map<String, Rest> pages = new LinkedHashMap<>();
  private final GoogleCalendars calendars;
  private final SyncTokens tokens;
  private final SyncSettings settings;

  GoogleList(GoogleCalendars calendars, SyncTokens tokens, SyncSettings settings) {
    this.calendars = calendars;
    this.tokens = tokens;
    this.settings = settings;
  }

  ObjectNode page(Call call, String calendar) {
    return answer(call, continued(call).orElseGet(() -> first(call, calendar)));
  }

  /** The instances of one series. */
  ObjectNode instances(Call call, String calendar, String id) {
    return answer(call, continued(call).orElseGet(() -> firstInstances(call, calendar, id)));
  }

  private Rest first(Call call, String calendar) {
    GoogleFilter filter = new GoogleFilter(call);
    Optional<String> token = call.query("syncToken");
    StoredCalendar.Snapshot now = calendars.snapshot(calendar);
    Stream<GoogleEvent> all =
        filter.flag("singleEvents")
            ? Stream.concat(single(now), now.vanished().stream().filter(it -> reported(it, now)))
            : now.events().stream();
    List<ObjectNode> items;
    if (token.isPresent()) {
      long since = tokens.revision(token.get(), call, now.forgotten(), calendar);
      List<String> types = call.query().getOrDefault("eventTypes", List.of());
      items =
          all.filter(event -> event.revision() > since)
              .filter(it -> types.isEmpty() || types.contains(type(it)))
              .map(this::inRound)
              .toList();
    } else {
      items = filter.shown(all).map(GoogleEvent::answer).toList();
    }
    return new Rest(call.path(), same(call), calendar, items, now.revision(), true);
  }

  private boolean reported(GoogleEvent vanished, StoredCalendar.Snapshot now) {
    SyncSettings.Choices chosen = settings.now();
    Duration ahead = Duration.ofDays(chosen.cancelledDaysAhead());
    return vanished.isInstance()
        ? ahead.isZero() || vanished.start().isBefore(now.now().plus(ahead))
        : chosen.idOfRepeated();
  }

  private ObjectNode inRound(GoogleEvent event) {
    return settings.now().detailsOfDeleted() ? event.answer() : event.guaranteed();
  }

  private Rest firstInstances(Call call, String calendar, String id) {
    GoogleEvent series = calendars.event(calendar, id);
    StoredCalendar.Snapshot now = calendars.snapshot(calendar);
    Stream<GoogleEvent> all =
        single(now)
            .filter(it -> it.content().path("recurringEventId").asText().equals(series.id()));
    List<ObjectNode> items = new GoogleFilter(call).shown(all).map(GoogleEvent::answer).toList();
    return new Rest(call.path(), same(call), calendar, items, now.revision(), false);
  }

  /** Replaces each series by its instances, as a list with {@code singleEvents} does. */
  static Stream<GoogleEvent> single(StoredCalendar.Snapshot now) {
    Map<String, GoogleEvent> changed = new LinkedHashMap<>();
    now.events().stream()
        .filter(GoogleEvent::isInstance)
        .forEach(event -> changed.put(event.id(), event));
    List<GoogleEvent> single = new ArrayList<>();
    now.events().stream()
        .filter(event -> !event.isInstance())
        .flatMap(event -> event.isSeries() ? instances(event, now) : Stream.of(event))
        .map(event -> Optional.ofNullable(changed.remove(event.id())).orElse(event))
        .forEach(single::add);
    // What is left are changed instances that are further ahead.
    single.addAll(changed.values());
    return single.stream();
  }

  private static Stream<GoogleEvent> instances(GoogleEvent series, StoredCalendar.Snapshot now) {
    return series.cancelled()
        ? Stream.empty()
        : new GoogleSeries(series).instances(now.now()).stream();
  }

  private static String type(GoogleEvent event) {
    return event.content().path("eventType").asText();
  }

  private synchronized Optional<Rest> continued(Call call) {
    return call.query("pageToken")
        .map(
            token -> {
              Rest rest = pages.get(token);
              if (rest == null
                  || !rest.path().equals(call.path())
                  || !rest.parameters().equals(same(call))) {
                throw GoogleException.invalid("Invalid value for: pageToken");
              }
              return rest;
            });
  }

  private ObjectNode answer(Call call, Rest rest) {
    int size = size(call);
    ObjectNode page =
        Json.object()
            .put("kind", "calendar#events")
            .put("summary", rest.calendar())
            .put("timeZone", GoogleTimes.CALENDAR_ZONE.getId())
            .put("accessRole", "owner");
    ArrayNode items = page.putArray("items");
    rest.items().stream().limit(size).forEach(items::add);
    if (rest.items().size() > size) {
      page.put("nextPageToken", remember(rest, size));
    } else if (rest.syncs()) {
      tokens
          .issue(call, rest.calendar(), rest.revision())
          .ifPresent(token -> page.put("nextSyncToken", token));
    }
    return page;
  }

  private synchronized String remember(Rest rest, int from) {
    if (pages.size() >= MOST_PAGES) {
      pages.remove(pages.keySet().iterator().next());
    }
    String token = "page-" + UUID.randomUUID();
    List<ObjectNode> left = rest.items().subList(from, rest.items().size());
    pages.put(
        token,
        new Rest(
            rest.path(), rest.parameters(), rest.calendar(), left, rest.revision(), rest.syncs()));
    return token;
  }

  private static Map<String, List<String>> same(Call call) {
    Map<String, List<String>> same = new TreeMap<>(call.query());
    same.remove("pageToken");
    same.remove("maxResults");
    return same;
  }

  private static int size(Call call) {
    try {
      int size = call.query("maxResults").map(Integer::parseInt).orElse(USUAL);
      if (size >= 1 && size <= MOST) {
        return size;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw GoogleException.invalid("Invalid value for: maxResults");
  }
}
