package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code events.list}: filters events by the query parameters, and returns one page. */
record GoogleList(Call call) {
  private static final int MOST = 2500;

  ObjectNode page(String calendar, List<GoogleEvent> events) {
    if (call.query("syncToken").isPresent()) {
      throw new GoogleException(410, "fullSyncRequired", "Sync token is no longer valid.");
    }
    boolean single = call.query("singleEvents").orElse("false").equals("true");
    Stream<GoogleEvent> shown = single ? GoogleSeries.expanded(events) : events.stream();
    List<GoogleEvent> all = ordered(filtered(shown)).toList();
    int from = number("pageToken", 0, 0, Integer.MAX_VALUE);
    int size = number("maxResults", 250, 1, MOST);
    ObjectNode page =
        Json.object()
            .put("kind", "calendar#events")
            .put("summary", calendar)
            .put("timeZone", GoogleTimes.CALENDAR_ZONE.getId())
            .put("accessRole", "owner");
    ArrayNode items = page.putArray("items");
    all.stream().skip(from).limit(size).forEach(event -> items.add(event.answer()));
    if ((long) from + size < all.size()) {
      page.put("nextPageToken", String.valueOf(from + size));
    }
    return page;
  }

  private Stream<GoogleEvent> filtered(Stream<GoogleEvent> events) {
    Stream<GoogleEvent> left = events;
    for (String property : call.query().getOrDefault("privateExtendedProperty", List.of())) {
      int equals = property.indexOf('=');
      if (equals < 1) {
        throw GoogleException.invalid("privateExtendedProperty must be name=value");
      }
      String name = property.substring(0, equals);
      String value = property.substring(equals + 1);
      left = left.filter(event -> event.hasPrivate(name, value));
    }
    if (!call.query("showDeleted").orElse("false").equals("true")) {
      left = left.filter(event -> !event.cancelled());
    }
    return between(left);
  }

  private Stream<GoogleEvent> between(Stream<GoogleEvent> events) {
    var min = call.query("timeMin").map(text -> GoogleTimes.bound(text, "timeMin"));
    var max = call.query("timeMax").map(text -> GoogleTimes.bound(text, "timeMax"));
    if (min.isPresent() && max.isPresent() && !max.get().isAfter(min.get())) {
      throw new GoogleException(400, "timeRangeEmpty", "The specified time range is empty.");
    }
    var uid = call.query("iCalUID");
    return events
        .filter(event -> min.isEmpty() || event.end().isAfter(min.get()))
        .filter(event -> max.isEmpty() || event.start().isBefore(max.get()))
        .filter(e -> uid.isEmpty() || e.content().path("iCalUID").asText().equals(uid.get()));
  }

  private Stream<GoogleEvent> ordered(Stream<GoogleEvent> events) {
    String order = call.query("orderBy").orElse("");
    if (order.equals("startTime")) {
      if (!call.query("singleEvents").orElse("").equals("true")) {
        throw GoogleException.invalid("orderBy=startTime needs singleEvents=true");
      }
      return events.sorted(Comparator.comparing(GoogleEvent::start));
    }
    return events;
  }

  private int number(String parameter, int usual, int least, int most) {
    try {
      int value = call.query(parameter).map(Integer::parseInt).orElse(usual);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw GoogleException.invalid("Invalid value for: " + parameter);
  }
}
