package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.contract.Contract;
import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks event bodies against Graph's schema, and merges them into existing content. */
final class GraphContent {
  private static final String EXTENDED = "singleValueExtendedProperties";
  private static final Pattern EXTENDED_ID =
      Pattern.compile(
          "(String|Integer|Boolean|SystemTime) \\{[0-9a-fA-F-]{36}} (Name .+|Id 0x[0-9a-fA-F]+)");
  private static final int LONGEST_LINE = 255;
  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]");
  private static final List<String> ADDRESS =
      List.of("street", "city", "state", "countryOrRegion", "postalCode");
  private static final Set<String> READ_ONLY =
      Set.of(
          "id",
          "changeKey",
          "createdDateTime",
          "lastModifiedDateTime",
          "iCalUId",
          "webLink",
          "bodyPreview",
          "hasAttachments",
          "isCancelled",
          "isDraft",
          "isOrganizer",
          "organizer",
          "originalStartTimeZone",
          "originalEndTimeZone",
          "originalStart",
          "cancelledOccurrences",
          "responseStatus",
          "seriesMasterId",
          "type");

  /** What others decide: the organizer of an invitation, or the person who answers one. */
  private static final Set<String> FROM_OUTSIDE =
      Set.of("iCalUId", "isCancelled", "isOrganizer", "organizer", "responseStatus");

  private static final String DEFAULTS =
      """
      {"categories":[],"subject":"","importance":"normal","sensitivity":"normal","isAllDay":false,
       "isCancelled":false,"isOrganizer":true,"isDraft":false,"hasAttachments":false,
       "responseRequested":true,"seriesMasterId":null,"showAs":"busy","type":"singleInstance",
       "isOnlineMeeting":false,"isReminderOn":true,"reminderMinutesBeforeStart":15,
       "allowNewTimeProposals":true,"hideAttendees":false,"recurrence":null,"onlineMeeting":null,
       "body":{"contentType":"html","content":""},"location":{"displayName":""},"locations":[],
       "attendees":[],"responseStatus":{"response":"organizer","time":"0001-01-01T00:00:00Z"}}
      """;

  private final Contract contract = Contract.microsoftGraph();

  /** Who makes a change. */
  enum Author {
    /** A client of the API. */
    CLIENT,
    /** A person in Outlook, or an invitation that came in. */
    PERSON
  }

  /** The complete content of a new event. */
  ObjectNode create(ObjectNode body, Author author) {
    check(body, author);
    if (!body.hasNonNull("start") || !body.hasNonNull("end")) {
      throw GraphException.badRequest("An event needs start and end.");
    }
    return merge(defaults(), body);
  }

  /** The content after a PATCH: absent members stay, null resets to the default. */
  ObjectNode patch(ObjectNode present, ObjectNode body, Author author) {
    check(body, author);
    if (body.isEmpty()) {
      throw GraphException.badRequest("An empty change: was a model object used twice?");
    }
    if (body.has("transactionId")
        && !body.get("transactionId").equals(present.path("transactionId"))) {
      throw GraphException.badRequest("transactionId cannot be changed.");
    }
    return merge(present.deepCopy(), body);
  }

  /** The extended properties by id, with those of the body added or replaced. */
  ObjectNode extended(ObjectNode present, ObjectNode body) {
    ObjectNode merged = present.deepCopy();
    for (JsonNode property : body.path(EXTENDED)) {
      String id = property.path("id").asText();
      if (!EXTENDED_ID.matcher(id).matches() || !property.path("value").isTextual()) {
        throw GraphException.badRequest("Not an extended property: '" + id + "'.");
      }
      merged.put(id, property.get("value").asText());
    }
    return merged;
  }

  /** What the body changed, as it is stored. */
  static ObjectNode onlyChanged(ObjectNode merged, ObjectNode body) {
    ObjectNode change = merged.deepCopy();
    change.retain(body.propertyStream().map(Map.Entry::getKey).toList());
    if (body.has("location")) {
      change.set("locations", merged.path("locations").deepCopy());
    }
    return change;
  }

  private void check(ObjectNode body, Author author) {
    List<String> problems = contract.problems("microsoft.graph.event", body);
    if (!problems.isEmpty()) {
      throw new GraphException(400, "RequestBodyRead", String.join("; ", problems));
    }
    for (String name : READ_ONLY) {
      boolean allowed = author == Author.PERSON && FROM_OUTSIDE.contains(name);
      if (body.has(name) && !allowed) {
        throw GraphException.badRequest("The property '" + name + "' is read-only.");
      }
    }
  }

  /**
   * Truncates the subject and each part of the location and removes control characters, as Exchange
   * does silently.
   */
  private static void asExchangeKeepsIt(ObjectNode content) {
    keepLine(content, "subject");
    if (content.get("location") instanceof ObjectNode place) {
      keepLine(place, "displayName");
      if (place.get("address") instanceof ObjectNode address) {
        ADDRESS.forEach(part -> keepLine(address, part));
      }
    }
    refuseControls("body", content.at("/body/content").asText(""));
  }

  private static void keepLine(ObjectNode parent, String name) {
    if (parent.hasNonNull(name)) {
      String text = parent.get(name).asText();
      refuseControls(name, text);
      parent.put(name, cut(text));
    }
  }

  private static void refuseControls(String where, String text) {
    if (CONTROLS.matcher(text).find()) {
      throw GraphException.badRequest("A control character in " + where + ".");
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE - 3) + "..." : text;
  }

  private static ObjectNode merge(ObjectNode content, ObjectNode body) {
    ObjectNode defaults = defaults();
    for (var member : body.properties()) {
      String name = member.getKey();
      if (!name.contains("@odata.") && !name.equals(EXTENDED)) {
        content.set(
            name,
            member.getValue().isNull() ? defaults.get(name) : withoutTypes(member.getValue()));
      }
    }
    asExchangeKeepsIt(content);
    if (body.has("location")) {
      content.putArray("locations").add(content.path("location").deepCopy());
    }
    if (content.path("isAllDay").asBoolean()) {
      checkAllDay(content);
    }
    if (!GraphTimes.read(content.path("end"), "end")
        .isAfter(GraphTimes.read(content.path("start"), "start"))) {
      throw new GraphException(
          400, "ErrorCalendarEndDateIsEarlierThanStartDate", "The event ends before it starts.");
    }
    GraphSeries.check(content);
    return content;
  }

  private static void checkAllDay(ObjectNode content) {
    boolean midnights =
        Stream.of("start", "end")
            .map(name -> GraphTimes.local(content.path(name), name).toLocalTime())
            .allMatch(LocalTime.MIDNIGHT::equals);
    if (!midnights || !content.at("/start/timeZone").equals(content.at("/end/timeZone"))) {
      throw GraphException.badRequest(
          "The start and end of an all-day event need to be midnight in the same time zone.");
    }
  }

  private static JsonNode withoutTypes(JsonNode value) {
    JsonNode copy = value.deepCopy();
    copy.findParents("@odata.type").forEach(parent -> ((ObjectNode) parent).remove("@odata.type"));
    return copy;
  }

  private static ObjectNode defaults() {
    try {
      return (ObjectNode) Json.read(DEFAULTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
