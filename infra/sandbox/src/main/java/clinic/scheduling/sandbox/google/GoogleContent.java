package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.contract.Contract;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.safety.Safelist;

/** Checks event bodies against the discovery document, and merges them as PATCH and PUT do. */
final class GoogleContent {
  private static final Pattern ID = Pattern.compile("[a-v0-9]{5,1024}");
  private static final int LONGEST_NAME = 44;
  private static final int LONGEST_VALUE = 1024;
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "status", Set.of("confirmed", "tentative", "cancelled"),
          "transparency", Set.of("opaque", "transparent"),
          "visibility", Set.of("default", "public", "private", "confidential"),
          "eventType",
              Set.of(
                  "default",
                  "outOfOffice",
                  "focusTime",
                  "workingLocation",
                  "birthday",
                  "fromGmail"));
  private static final Map<String, Integer> LONGEST_TEXTS =
      Map.of("summary", 1024, "location", 1024, "description", 8192);
  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]");
  private static final Safelist KEPT =
      Safelist.basic().addTags("h1", "h2", "h3", "h4").removeTags("blockquote", "q", "cite");
  private static final Set<String> READ_ONLY =
      Set.of("created", "updated", "creator", "organizer", "htmlLink", "kind", "locked");

  private final Contract contract = Contract.googleCalendar();
  private final Clock clock;

  GoogleContent(Clock clock) {
    this.clock = clock;
  }

  /** The id that the client chose; empty if there is none. */
  String id(ObjectNode body) {
    String id = body.path("id").asText("");
    if (!id.isEmpty() && body.has("iCalUID")) {
      throw GoogleException.invalid("Provide id or iCalUID, not both.");
    }
    if (body.has("id") && !ID.matcher(id).matches()) {
      throw GoogleException.invalid("Invalid resource id value.");
    }
    return id;
  }

  /** A complete event without the fields that Google adds. Null fields are removed. */
  ObjectNode whole(ObjectNode body) {
    if (body.path("eventType").asText().equals("fromGmail")) {
      throw GoogleException.invalid("Invalid value for: eventType");
    }
    ObjectNode event = merged(Json.object(), body);
    notEmpty(event);
    return finished(event);
  }

  /** PATCH: objects merge, arrays are replaced, null removes. */
  ObjectNode patched(ObjectNode present, ObjectNode body) {
    ObjectNode event = patchedByHand(present, body);
    notEmpty(event);
    return event;
  }

  /**
   * The same for a person, whose events may be of any kind, end when they start, or have no end.
   */
  ObjectNode byHand(ObjectNode body) {
    ObjectNode event = merged(Json.object(), body);
    if (event.path("endTimeUnspecified").asBoolean() && !event.has("end") && event.has("start")) {
      // Google provides an end even then.
      event.set("end", event.get("start").deepCopy());
    }
    EventKind.of(event).complete(event);
    return finished(event);
  }

  /** A PATCH by a person. */
  ObjectNode patchedByHand(ObjectNode present, ObjectNode body) {
    ObjectNode event = merged(present.deepCopy(), body);
    if (!event.path("eventType").equals(present.path("eventType"))) {
      throw GoogleException.invalid("The event type cannot be changed.");
    }
    return finished(event);
  }

  private ObjectNode merged(ObjectNode present, ObjectNode body) {
    check(body);
    merge(present, without(body));
    return present;
  }

  private void check(ObjectNode body) {
    List<String> problems = contract.problems("Event", body);
    if (!problems.isEmpty()) {
      throw new GoogleException(400, "badRequest", String.join("; ", problems));
    }
    VALUES.forEach(
        (name, values) -> {
          if (body.hasNonNull(name) && !values.contains(body.get(name).asText())) {
            throw GoogleException.invalid("Invalid value for: " + name);
          }
        });
    for (String kind : List.of("private", "shared")) {
      body.path("extendedProperties").path(kind).properties().forEach(GoogleContent::checkLength);
    }
  }

  private static void checkLength(Map.Entry<String, JsonNode> property) {
    if (property.getKey().length() > LONGEST_NAME
        || property.getValue().asText().length() > LONGEST_VALUE) {
      throw GoogleException.invalid("Extended property too long: " + property.getKey());
    }
  }

  /** Sanitizes the description: Google keeps only the HTML that its own editor can write. */
  private static void asGoogleKeepsIt(ObjectNode event) {
    LONGEST_TEXTS.forEach(
        (name, most) -> {
          String text = event.path(name).asText("");
          if (text.length() > most || CONTROLS.matcher(text).find()) {
            throw GoogleException.invalid("Invalid value for: " + name);
          }
        });
    if (event.hasNonNull("description")) {
      String text = event.get("description").asText();
      event.put(
          "description", Jsoup.clean(text, "", KEPT, new OutputSettings().prettyPrint(false)));
    }
  }

  private ObjectNode finished(ObjectNode event) {
    asGoogleKeepsIt(event);
    if (!event.path("recurrence").isEmpty()
        && event.path("start").hasNonNull("dateTime")
        && !event.path("start").hasNonNull("timeZone")) {
      throw new GoogleException(400, "required", "Missing time zone definition for start time.");
    }
    for (String member : List.of("start", "end")) {
      if (!(event.get(member) instanceof ObjectNode time)) {
        throw new GoogleException(400, "required", "Missing " + member + " time.");
      }
      GoogleTimes.normalize(time, member);
    }
    if (event.path("start").has("date") != event.path("end").has("date")) {
      throw GoogleException.invalid("The start and end times must both be dates or both be times.");
    }
    if (length(event).isNegative()) {
      throw empty();
    }
    if (event.path("recurrence").isEmpty()) {
      event.remove("recurrence");
    } else if (event.has("recurringEventId")) {
      throw GoogleException.invalid("An instance cannot have a recurrence.");
    } else {
      GoogleSeries.check(event, clock.instant());
    }
    return event;
  }

  /** The stand-in is stricter than Google here: no client may make an event without length. */
  private static void notEmpty(ObjectNode event) {
    if (event.has("start") && event.has("end") && length(event).isZero()) {
      throw empty();
    }
  }

  private static Duration length(ObjectNode event) {
    return Duration.between(
        GoogleTimes.read(event.path("start"), "start"), GoogleTimes.read(event.path("end"), "end"));
  }

  private static GoogleException empty() {
    return new GoogleException(400, "timeRangeEmpty", "The specified time range is empty.");
  }

  private static ObjectNode without(ObjectNode body) {
    ObjectNode copy = body.deepCopy();
    copy.remove(READ_ONLY);
    copy.remove(List.of("id", "etag", "recurringEventId", "originalStartTime"));
    return copy;
  }

  private static void merge(ObjectNode into, ObjectNode change) {
    for (Map.Entry<String, JsonNode> member : change.properties()) {
      JsonNode value = member.getValue();
      if (value.isNull()) {
        into.remove(member.getKey());
      } else if (value instanceof ObjectNode inner) {
        ObjectNode target =
            into.get(member.getKey()) instanceof ObjectNode present ? present : Json.object();
        into.set(member.getKey(), target);
        merge(target, inner);
      } else {
        into.set(member.getKey(), value);
      }
    }
  }
}
