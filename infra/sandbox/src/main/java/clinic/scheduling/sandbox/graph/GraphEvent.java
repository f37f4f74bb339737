package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One event of a mailbox: what users set, and what Outlook adds.
 *
 * @param number a number that is unique across mailboxes; both kinds of id contain it
 * @param folder its folder; the mutable id changes with it
 * @param occurrence the day that identifies one occurrence of a series; empty for other events
 * @param content the properties as they were sent, defaults filled in
 * @param exceptions what was changed in single ones of a series, by their days
 * @param version counts the changes; the change key is made of it
 */
record GraphEvent(
    long number,
    String mailbox,
    GraphFolder folder,
    String occurrence,
    ObjectNode content,
    ObjectNode extended,
    ObjectNode exceptions,
    Instant created,
    Instant modified,
    int version) {

  String immutableId() {
    return "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A%012d%sAAA=".formatted(number, occurrence);
  }

  String mutableId() {
    return "AAMkAGI2TG9%dAAA%012d%sBGAAAAAADiQ8W967B7TKBjgx9rVEURBwA="
        .formatted(folder.ordinal(), number, occurrence);
  }

  boolean isSeries() {
    return content.hasNonNull("recurrence");
  }

  boolean hasId(String id) {
    return id.equals(immutableId()) || id.equals(mutableId());
  }

  String changeKey() {
    return "ZlnW4RIAV06KYYwlfNZvQAAC%08d".formatted(version);
  }

  boolean isOlderThan(int seconds, Instant now) {
    return !now.isBefore(created.plusSeconds(seconds));
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
    boolean series = newContent.hasNonNull("recurrence");
    return new GraphEvent(
        number,
        mailbox,
        folder,
        occurrence,
        newContent,
        newExtended,
        series ? exceptions : Json.object(),
        created,
        now,
        version + 1);
  }

  GraphEvent movedTo(GraphFolder other) {
    return new GraphEvent(
        number,
        mailbox,
        other,
        occurrence,
        content,
        extended,
        exceptions,
        created,
        modified,
        version);
  }

  /** One occurrence of this series, with its own changes. */
  GraphEvent occurrence(String day, ObjectNode itsContent) {
    return new GraphEvent(
        number, mailbox, folder, day, itsContent, extended, exceptions, created, modified, version);
  }

  /** This series with a change to one occurrence. */
  GraphEvent withException(String day, ObjectNode change, Instant now) {
    ObjectNode all = exceptions.deepCopy();
    all.withObjectProperty(day).setAll(change);
    return new GraphEvent(
        number, mailbox, folder, occurrence, content, extended, all, created, now, version + 1);
  }

  /** The event as Graph returns it. */
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
    event.put("type", type());
    if (!occurrence.isEmpty()) {
      GraphEvent master = occurrence("", content);
      event.put(
          "seriesMasterId", prefer.immutableIds() ? master.immutableId() : master.mutableId());
      event.putNull("recurrence");
    }
    event.set("body", GraphBody.answer(content.path("body"), prefer.body()));
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

  private String type() {
    if (!occurrence.isEmpty()) {
      return exceptions.has(occurrence) ? "exception" : "occurrence";
    }
    return isSeries() ? "seriesMaster" : "singleInstance";
  }

  private String preview() {
    JsonNode text = content.path("body").path("content");
    String plain = text.asText("").replaceAll("<[^>]*>", " ").strip();
    return plain.length() > 255 ? plain.substring(0, 255) : plain;
  }
}
