package clinic.scheduling.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * One event as Google stores it. A deleted event stays with the status cancelled.
 *
 * @param version counts the changes of this event
 * @param revision the number that its last change has among the changes of the calendar
 */
record GoogleEvent(String id, ObjectNode content, int version, long revision) {
  private static final List<String> GUARANTEED =
      List.of("kind", "etag", "id", "status", "recurringEventId", "originalStartTime");

  String etag() {
    return "\"3181161784" + "%06d".formatted(version) + "\"";
  }

  boolean isSeries() {
    return content.path("recurrence").size() > 0;
  }

  /** A series that was not deleted. */
  boolean repeats() {
    return isSeries() && !cancelled();
  }

  /** Whether it is one instance of a series. */
  boolean isInstance() {
    return content.has("recurringEventId");
  }

  boolean cancelled() {
    return content.path("status").asText().equals("cancelled");
  }

  Instant start() {
    return GoogleTimes.read(content.path("start"), "start");
  }

  Instant end() {
    return GoogleTimes.read(content.path("end"), "end");
  }

  Instant updated() {
    return Instant.parse(content.path("updated").asText());
  }

  boolean has(String kind, String name, String value) {
    JsonNode present = content.path("extendedProperties").path(kind).path(name);
    return present.isTextual() && present.asText().equals(value);
  }

  ObjectNode answer() {
    return content.deepCopy().put("etag", etag());
  }

  /** The same; if it was deleted, with the only members that Google guarantees for it. */
  ObjectNode guaranteed() {
    return cancelled() ? answer().retain(GUARANTEED) : answer();
  }

  GoogleEvent changed(ObjectNode newContent) {
    return new GoogleEvent(id, newContent, version + 1, revision);
  }

  /** The same event, cancelled. */
  GoogleEvent gone() {
    return changed(content.deepCopy().put("status", "cancelled"));
  }

  GoogleEvent at(long number) {
    return new GoogleEvent(id, content, version, number);
  }
}
