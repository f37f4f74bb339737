package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The primary calendars of the users of the domain. Methods are synchronized. */
final class GoogleCalendars {
  private static final int MOST_EVENTS = 100_000;

  private final Map<String, Map<String, GoogleEvent>> calendars = new LinkedHashMap<>();
  private final GoogleContent contents = new GoogleContent();
  private final Clock clock;

  GoogleCalendars(Clock clock, List<String> addresses) {
    this.clock = clock;
    addresses.forEach(address -> calendars.put(address, new LinkedHashMap<>()));
  }

  synchronized boolean has(String address) {
    return calendars.containsKey(key(address));
  }

  synchronized List<String> addresses() {
    return List.copyOf(calendars.keySet());
  }

  /** All events, including cancelled ones. */
  synchronized List<GoogleEvent> events(String address) {
    return List.copyOf(calendar(address).values());
  }

  synchronized GoogleEvent event(String address, String id) {
    Map<String, GoogleEvent> calendar = calendar(address);
    return Optional.ofNullable(calendar.get(id))
        .or(
            () ->
                Optional.ofNullable(calendar.get(id.replaceFirst("_[^_]*$", "")))
                    .flatMap(series -> GoogleSeries.instance(series, id)))
        .orElseThrow(GoogleException::notFound);
  }

  synchronized GoogleEvent insert(String address, ObjectNode body) {
    ObjectNode content = contents.whole(body);
    String chosen = contents.id(body);
    String id = chosen.isEmpty() ? UUID.randomUUID().toString().replace("-", "") : chosen;
    if (calendar(address).containsKey(id)) {
      throw new GoogleException(409, "duplicate", "The requested identifier already exists.");
    }
    if (calendar(address).size() >= MOST_EVENTS) {
      throw new IllegalStateException("more than " + MOST_EVENTS + " events in one calendar");
    }
    return keep(address, new GoogleEvent(id, stamped(address, id, content, content, 0), 1));
  }

  /** Patches an event; {@code ifMatch} is the value of the header, or {@code *}. */
  synchronized GoogleEvent patch(String address, String id, ObjectNode body, String ifMatch) {
    GoogleEvent present = changeable(address, id, body, ifMatch);
    return change(address, present, contents.patched(present.content(), body));
  }

  /** PUT. */
  synchronized GoogleEvent update(String address, String id, ObjectNode body, String ifMatch) {
    return change(address, changeable(address, id, body, ifMatch), contents.whole(body));
  }

  synchronized void delete(String address, String id, String ifMatch) {
    GoogleEvent present = unchanged(address, id, ifMatch);
    if (present.cancelled()) {
      throw new GoogleException(410, "deleted", "Resource has been deleted");
    }
    change(address, present, present.content().deepCopy().put("status", "cancelled"));
  }

  synchronized void clear() {
    calendars.values().forEach(Map::clear);
  }

  /** Refuses to change a deleted event, except to restore it. */
  private GoogleEvent changeable(String address, String id, ObjectNode body, String ifMatch) {
    GoogleEvent present = unchanged(address, id, ifMatch);
    if (present.cancelled() && !body.path("status").asText().equals("confirmed")) {
      throw new GoogleException(403, "forbidden", "Forbidden");
    }
    return present;
  }

  private GoogleEvent unchanged(String address, String id, String ifMatch) {
    GoogleEvent present = event(address, id);
    if (!ifMatch.equals("*") && !ifMatch.equals(present.etag())) {
      throw new GoogleException(412, "conditionNotMet", "Precondition Failed");
    }
    return present;
  }

  private GoogleEvent change(String address, GoogleEvent present, ObjectNode content) {
    boolean moved =
        !content.path("start").equals(present.content().path("start"))
            || !content.path("end").equals(present.content().path("end"));
    int sequence = present.content().path("sequence").asInt() + (moved ? 1 : 0);
    ObjectNode stamped = stamped(address, present.id(), content, present.content(), sequence);
    GoogleEvent changed = present.changed(stamped);
    if (present.isSeries() && (!changed.isSeries() || changed.cancelled())) {
      calendar(address)
          .values()
          .removeIf(it -> it.content().path("recurringEventId").asText().equals(present.id()));
    }
    return keep(address, changed);
  }

  private ObjectNode stamped(
      String address, String id, ObjectNode content, ObjectNode before, int sequence) {
    String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    ObjectNode event = content.deepCopy();
    event.put("kind", "calendar#event").put("id", id);
    event.put("status", content.path("status").asText("confirmed"));
    event.put("htmlLink", "https://calendar.example.invalid/event?eid=" + id);
    event.put("created", before.path("created").asText(now)).put("updated", now);
    event.set("creator", Json.object().put("email", key(address)).put("self", true));
    event.set("organizer", Json.object().put("email", key(address)).put("self", true));
    event.put("iCalUID", content.path("iCalUID").asText(id + "@google.com"));
    event.put("sequence", sequence).put("eventType", content.path("eventType").asText("default"));
    if (!event.has("reminders")) {
      event.putObject("reminders").put("useDefault", true);
    }
    return event;
  }

  private GoogleEvent keep(String address, GoogleEvent event) {
    calendar(address).put(event.id(), event);
    return event;
  }

  private Map<String, GoogleEvent> calendar(String address) {
    return Optional.ofNullable(calendars.get(key(address))).orElseThrow(GoogleException::notFound);
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
