package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One event of a mailbox: what people set, and what Outlook adds.
 *
 * @param number counts the events of all mailboxes; both kinds of id are made of it
 * @param content the properties as they were sent, defaults filled in
 * @param version counts the changes; the change key is made of it
 */
record GraphEvent(
    long number,
    String mailbox,
    ObjectNode content,
    ObjectNode extended,
    Instant created,
    Instant modified,
    int version) {

  String immutableId() {
    return "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A%012dAAA=".formatted(number);
  }

  String mutableId() {
    return "AAMkAGI2TG93AAA%012dBGAAAAAADiQ8W967B7TKBjgx9rVEURBwA=".formatted(number);
  }

  boolean hasId(String id) {
    return id.equals(immutableId()) || id.equals(mutableId());
  }

  String changeKey() {
    return "ZlnW4RIAV06KYYwlfNZvQAAC%08d".formatted(version);
  }

  Instant start() {
    return GraphTimes.read(content.path("start"), "start");
  }

  Instant end() {
    return GraphTimes.read(content.path("end"), "end");
  }

  boolean hasExtended(String id, String value) {
    return extended.has(id) && extended.get(id).asText().equalsIgnoreCase(value);
  }

  GraphEvent changed(ObjectNode newContent, ObjectNode newExtended, Instant now) {
    return new GraphEvent(number, mailbox, newContent, newExtended, created, now, version + 1);
  }

  /** The event as Graph answers it. */
  ObjectNode answer(GraphPrefer prefer) {
    ObjectNode event = Json.object();
    event.put("@odata.etag", "W/\"" + changeKey() + "\"");
    event.put("id", prefer.immutableIds() ? immutableId() : mutableId());
    event
        .put("createdDateTime", created.toString())
        .put("lastModifiedDateTime", modified.toString());
    event
        .put("changeKey", changeKey())
        .put("iCalUId", "040000008200E00074C5B7101A82E008%016d".formatted(number));
    event.setAll(content.deepCopy());
    event.put("bodyPreview", preview());
    event.put("originalStartTimeZone", content.path("start").path("timeZone").asText());
    event.put("originalEndTimeZone", content.path("end").path("timeZone").asText());
    event.set("start", GraphTimes.write(content.path("start"), prefer.zone()));
    event.set("end", GraphTimes.write(content.path("end"), prefer.zone()));
    event.put("webLink", "https://outlook.example.invalid/calendar/item/" + number);
    event
        .putObject("organizer")
        .putObject("emailAddress")
        .put("name", mailbox)
        .put("address", mailbox);
    return event;
  }

  private String preview() {
    JsonNode text = content.path("body").path("content");
    String plain = text.asText("").replaceAll("<[^>]*>", " ").strip();
    return plain.length() > 255 ? plain.substring(0, 255) : plain;
  }
}
