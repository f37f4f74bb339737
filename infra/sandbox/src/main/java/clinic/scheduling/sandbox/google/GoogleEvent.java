package clinic.scheduling.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** One event as Google stores it. A deleted event stays with the status cancelled. */
record GoogleEvent(String id, ObjectNode content, int version) {

  String etag() {
    return "\"3181161784" + "%06d".formatted(version) + "\"";
  }

  boolean isSeries() {
    return content.path("recurrence").size() > 0;
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

  boolean hasPrivate(String name, String value) {
    JsonNode present = content.path("extendedProperties").path("private").path(name);
    return present.isTextual() && present.asText().equals(value);
  }

  ObjectNode answer() {
    return content.deepCopy().put("etag", etag());
  }

  GoogleEvent changed(ObjectNode newContent) {
    return new GoogleEvent(id, newContent, version + 1);
  }
}
