package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The primary calendars of the users of the domain. Methods are synchronized. */
final class GoogleCalendars {
  private final Map<String, StoredCalendar> calendars = new LinkedHashMap<>();
  private final GoogleContent contents;
  private final Clock clock;
  private final Consumer<String> changed;

  /**
   * @param changed is told the address of a calendar after each change of it
   */
  GoogleCalendars(Clock clock, List<String> addresses, Consumer<String> changed) {
    this.clock = clock;
    this.changed = changed;
    contents = new GoogleContent(clock);
    addresses.forEach(address -> calendars.put(address, new StoredCalendar()));
  }

  /** Gives a user a calendar, unless the user has one. */
  synchronized void open(String address) {
    calendars.putIfAbsent(key(address), new StoredCalendar());
  }

  synchronized boolean has(String address) {
    return calendars.containsKey(key(address));
  }

  synchronized List<String> addresses() {
    return List.copyOf(calendars.keySet());
  }

  /** All events, including cancelled ones, at one point in time. */
  synchronized StoredCalendar.Snapshot snapshot(String address) {
    return calendar(address).snapshot(clock.instant());
  }

  /** The event with the id, or the instance that a series generates under it. */
  synchronized GoogleEvent event(String address, String id) {
    return calendar(address).find(id).orElseThrow(GoogleException::notFound);
  }

  synchronized GoogleEvent insert(String address, ObjectNode body) {
    String chosen = contents.id(body);
    String id = chosen.isEmpty() ? UUID.randomUUID().toString().replace("-", "") : chosen;
    return insert(address, id, contents.whole(body));
  }

  /** An event that exists elsewhere: the same {@code iCalUID} replaces the event that has it. */
  synchronized GoogleEvent importCopy(String address, ObjectNode body) {
    String uid = body.path("iCalUID").asText("");
    if (uid.isEmpty()) {
      throw new GoogleException(400, "required", "Missing iCal UID.");
    }
    ObjectNode content = contents.whole(body);
    content.set("organizer", organizer(address, body));
    Optional<GoogleEvent> present =
        calendar(address).snapshot(clock.instant()).events().stream()
            .filter(event -> !event.isInstance())
            .filter(event -> event.content().path("iCalUID").asText().equals(uid))
            .findFirst();
    return present.isPresent()
        ? change(address, present.get(), content)
        : insert(address, UUID.randomUUID().toString().replace("-", ""), content);
  }

  /**
   * What a person makes in the calendar: like an insert, but with kinds that no client can make.
   */
  synchronized GoogleEvent make(String address, String id, ObjectNode body) {
    ObjectNode content = contents.byHand(body);
    content.set("organizer", organizer(address, body));
    return insert(address, id, content);
  }

  /** What a person changes: like a PATCH, but without the limits of a client. */
  synchronized GoogleEvent changeByHand(String address, String id, ObjectNode body) {
    GoogleEvent present = changeable(address, id, body, "*");
    return change(address, present, contents.patchedByHand(present.content(), body));
  }

  /** Patches an event; {@code ifMatch} is the value of the header, or {@code *}. */
  synchronized GoogleEvent patch(String address, String id, ObjectNode body, String ifMatch) {
    GoogleEvent present = changeable(address, id, body, ifMatch);
    return change(address, present, contents.patched(present.content(), body));
  }

  /** PUT. */
  synchronized GoogleEvent update(String address, String id, ObjectNode body, String ifMatch) {
    GoogleEvent present = changeable(address, id, body, ifMatch);
    ObjectNode content = contents.whole(body);
    for (String kept : List.of("recurringEventId", "originalStartTime", "organizer")) {
      if (present.content().has(kept)) {
        content.set(kept, present.content().get(kept).deepCopy());
      }
    }
    return change(address, present, content);
  }

  synchronized void delete(String address, String id, String ifMatch) {
    GoogleEvent present = unchanged(address, id, ifMatch);
    if (present.cancelled()) {
      throw new GoogleException(410, "deleted", "Resource has been deleted");
    }
    change(address, present, present.content().deepCopy().put("status", "cancelled"));
  }

  synchronized void clear() {
    calendars.values().forEach(StoredCalendar::clear);
  }

  private GoogleEvent insert(String address, String id, ObjectNode content) {
    if (calendar(address).has(id)) {
      throw new GoogleException(409, "duplicate", "The requested identifier already exists.");
    }
    return keep(address, new GoogleEvent(id, stamped(address, id, content, content, 0), 1, 0));
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
    return keep(address, present.changed(stamped));
  }

  private ObjectNode stamped(
      String address, String id, ObjectNode content, ObjectNode before, int sequence) {
    String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    ObjectNode event = content.deepCopy();
    event.put("kind", "calendar#event").put("id", id);
    event.put("status", content.path("status").asText("confirmed"));
    event.put("htmlLink", "https://calendar.example.invalid/event?eid=" + id);
    event.put("created", before.path("created").asText(now)).put("updated", now);
    JsonNode organizer = content.path("organizer");
    event.set("organizer", organizer.isObject() ? organizer.deepCopy() : self(address));
    event.set("creator", event.get("organizer").deepCopy());
    event.put("iCalUID", content.path("iCalUID").asText(id + "@google.com"));
    event.put("sequence", sequence).put("eventType", content.path("eventType").asText("default"));
    for (JsonNode attendee : event.path("attendees")) {
      if (attendee instanceof ObjectNode one) {
        one.remove("self");
        if (key(one.path("email").asText()).equals(key(address))) {
          one.put("self", true);
        }
        one.put("responseStatus", one.path("responseStatus").asText("needsAction"));
      }
    }
    if (!event.has("reminders")) {
      event.putObject("reminders").put("useDefault", true);
    }
    return event;
  }

  private static JsonNode organizer(String address, ObjectNode body) {
    String email = body.path("organizer").path("email").asText(address);
    return key(email).equals(key(address)) ? self(address) : Json.object().put("email", email);
  }

  private static ObjectNode self(String address) {
    return Json.object().put("email", key(address)).put("self", true);
  }

  private GoogleEvent keep(String address, GoogleEvent event) {
    GoogleEvent kept = calendar(address).put(event, clock.instant());
    changed.accept(key(address));
    return kept;
  }

  private StoredCalendar calendar(String address) {
    return Optional.ofNullable(calendars.get(key(address))).orElseThrow(GoogleException::notFound);
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
