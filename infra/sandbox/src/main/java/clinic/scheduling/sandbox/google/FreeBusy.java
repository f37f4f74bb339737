package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code freeBusy.query}: when a calendar is busy, as merged periods within the window. Transparent
 * and cancelled events, events that their owner declined, birthdays and working locations are not
 * busy. A window of more than 90 days is refused.
 */
final class FreeBusy {
  private static final int MOST_ITEMS = 50;
  private static final Duration LONGEST = Duration.ofDays(90);

  private final GoogleCalendars calendars;
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  FreeBusy(GoogleCalendars calendars) {
    this.calendars = calendars;
  }

  /** Lets the answer for a calendar be an error with the reason; none if the reason is empty. */
  void fail(String calendar, String reason) {
    if (reason.isEmpty()) {
      failures.remove(calendar);
    } else {
      failures.put(calendar, reason);
    }
  }

  void reset() {
    failures.clear();
  }

  /** The answer for a user, who sees no calendar but their own. */
  ObjectNode query(ObjectNode body, String user) {
    Instant min = bound(body, "timeMin");
    Instant max = bound(body, "timeMax");
    if (!max.isAfter(min)) {
      throw new GoogleException(400, "timeRangeEmpty", "The specified time range is empty.");
    }
    if (Duration.between(min, max).compareTo(LONGEST) > 0) {
      throw new GoogleException(400, "timeRangeTooLong", "The requested time range is too long.");
    }
    if (body.path("items").size() > MOST_ITEMS) {
      throw new GoogleException(
          400, "tooManyCalendarsRequested", "Too many calendars were requested.");
    }
    ObjectNode answer =
        Json.object()
            .put("kind", "calendar#freeBusy")
            .put("timeMin", min.toString())
            .put("timeMax", max.toString());
    ObjectNode all = answer.putObject("calendars");
    for (JsonNode item : body.path("items")) {
      String id = item.path("id").asText();
      String calendar = id.equals("primary") ? user : id;
      calendar(all.putObject(id), calendar, calendar.equalsIgnoreCase(user), min, max);
    }
    return answer;
  }

  private void calendar(
      ObjectNode answer, String calendar, boolean visible, Instant min, Instant max) {
    String failure = visible ? failures.getOrDefault(calendar, "") : "notFound";
    if (!failure.isEmpty()) {
      answer.putArray("errors").addObject().put("domain", "global").put("reason", failure);
    }
    ArrayNode busy = answer.putArray("busy");
    if (failure.isEmpty()) {
      merged(calendar, min, max)
          .forEach(
              time ->
                  busy.addObject()
                      .put("start", time.start().toString())
                      .put("end", time.end().toString()));
    }
  }

  private record Time(Instant start, Instant end) {}

  private List<Time> merged(String calendar, Instant min, Instant max) {
    List<Time> times = new ArrayList<>();
    GoogleList.single(calendars.snapshot(calendar))
        .filter(FreeBusy::blocks)
        .map(event -> new Time(later(event.start(), min), earlier(event.end(), max)))
        .filter(time -> time.end().isAfter(time.start()))
        .sorted(Comparator.comparing(Time::start))
        .forEach(time -> add(times, time));
    return times;
  }

  private static void add(List<Time> times, Time time) {
    Time last = times.isEmpty() ? null : times.get(times.size() - 1);
    if (last == null || time.start().isAfter(last.end())) {
      times.add(time);
    } else {
      times.set(times.size() - 1, new Time(last.start(), later(last.end(), time.end())));
    }
  }

  private static boolean blocks(GoogleEvent event) {
    ObjectNode content = event.content();
    return !event.cancelled()
        && !content.path("transparency").asText().equals("transparent")
        && EventKind.of(content).blocks()
        && content
            .path("attendees")
            .valueStream()
            .filter(attendee -> attendee.path("self").asBoolean())
            .noneMatch(self -> self.path("responseStatus").asText().equals("declined"));
  }

  private static Instant bound(ObjectNode body, String member) {
    if (!body.hasNonNull(member)) {
      throw new GoogleException(400, "required", "Required: " + member);
    }
    return GoogleTimes.bound(body.get(member).asText(), member);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
