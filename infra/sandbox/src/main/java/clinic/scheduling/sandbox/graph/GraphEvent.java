package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One event of a mailbox: what users set, and what Outlook adds.
 *
 * @param number a number that is unique across mailboxes; both kinds of id contain it
 * @param folder its folder; the mutable id changes with it
 * @param occurrence the day that identifies one occurrence of a series; empty for other events
 * @param content the properties as they were sent, defaults filled in
 * @param exceptions the occurrences of a series that differ from it
 * @param version counts the changes; the change key is made of it
 */
record GraphEvent(
    long number,
    String mailbox,
    GraphFolder folder,
    String occurrence,
    ObjectNode content,
    ObjectNode extended,
    GraphExceptions exceptions,
    Instant created,
    Instant modified,
    int version) {

  private static final String IMMUTABLE_END = "AAA=";
  private static final String MUTABLE_END = "BGAAAAAADiQ8W967B7TKBjgx9rVEURBwA=";
  private static final int DAY_LENGTH = 8;

  /** The start of every id that Exchange makes of a meeting (MS-OXOCAL, PidLidGlobalObjectId). */
  private static final String GLOBAL_ID = "040000008200E00074C5B7101A82E008";

  String immutableId() {
    return "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A%012d%s%s"
        .formatted(number, occurrence, IMMUTABLE_END);
  }

  String mutableId() {
    return "AAMkAGI2TG9%dAAA%012d%s%s".formatted(folder.ordinal(), number, occurrence, MUTABLE_END);
  }

  /** The day that an id of an occurrence of this series contains. */
  Optional<String> dayOf(String id) {
    return dayIn(id, immutableId(), IMMUTABLE_END).or(() -> dayIn(id, mutableId(), MUTABLE_END));
  }

  private static Optional<String> dayIn(String id, String series, String end) {
    String head = series.substring(0, series.length() - end.length());
    boolean ofSeries =
        id.startsWith(head) && id.endsWith(end) && id.length() == series.length() + DAY_LENGTH;
    return ofSeries
        ? Optional.of(id.substring(head.length(), head.length() + DAY_LENGTH))
        : Optional.empty();
  }

  /** The {@code iCalUId} that Exchange gives a meeting made here. */
  static String iCalUId(long number) {
    return GLOBAL_ID + "00000000" + "%032X".formatted(number);
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
        series && sameTimes(newContent) ? exceptions : GraphExceptions.none(),
        created,
        now,
        version + 1);
  }

  /** Exchange forgets the exceptions when a series gets another time or pattern. */
  private boolean sameTimes(ObjectNode newContent) {
    return Stream.of("start", "end", "recurrence", "isAllDay")
        .allMatch(name -> content.path(name).equals(newContent.path(name)));
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

  /** This series with other exceptions. */
  GraphEvent with(GraphExceptions others, Instant now) {
    return new GraphEvent(
        number, mailbox, folder, occurrence, content, extended, others, created, now, version + 1);
  }

  GraphEvent seriesOf() {
    return occurrence("", content);
  }

  /** The event as Graph returns it. */
  ObjectNode answer(GraphPrefer prefer) {
    ObjectNode event = Json.object();
    event.put("@odata.etag", "W/\"" + changeKey() + "\"");
    event.put("id", prefer.immutableIds() ? immutableId() : mutableId());
    event
        .put("createdDateTime", created.toString())
        .put("lastModifiedDateTime", modified.toString());
    event.put("changeKey", changeKey());
    event.setAll(content.deepCopy());
    event.put("type", type());
    if (!occurrence.isEmpty()) {
      event.put("iCalUId", occurrenceUid(content.path("iCalUId").asText(), occurrence));
      GraphEvent master = seriesOf();
      event.put(
          "seriesMasterId", prefer.immutableIds() ? master.immutableId() : master.mutableId());
      event.putNull("recurrence");
    }
    event.set("body", GraphBody.answer(content.path("body"), prefer.body()));
    event.put("bodyPreview", preview());
    event.put("originalStartTimeZone", content.path("start").path("timeZone").asText());
    event.put("originalEndTimeZone", content.path("end").path("timeZone").asText());
    event.set("start", time("start", prefer));
    event.set("end", time("end", prefer));
    event.put("webLink", "https://outlook.example.invalid/calendar/item/" + number);
    if (!content.hasNonNull("organizer")) {
      event
          .putObject("organizer")
          .putObject("emailAddress")
          .put("name", mailbox)
          .put("address", mailbox);
    }
    return event;
  }

  /** The event as it is stored, with its stamps. */
  ObjectNode whole() {
    ObjectNode whole = answer(GraphPrefer.asKept());
    whole.set("singleValueExtendedProperties", extended.deepCopy());
    return whole;
  }

  /** An all-day event is on the same days in every time zone. */
  ObjectNode time(String name, GraphPrefer prefer) {
    return content.path("isAllDay").asBoolean()
        ? GraphTimes.writeFloating(content.path(name), prefer.zone())
        : GraphTimes.write(content.path(name), prefer.zone());
  }

  /**
   * Each occurrence has an id of its own: that of the series with the day in it. A foreign id gets
   * into the form of Exchange for that (MS-OXOCAL, PidLidGlobalObjectId).
   */
  private static String occurrenceUid(String series, String day) {
    String date =
        "%04X%02X%02X"
            .formatted(
                Integer.parseInt(day.substring(0, 4)),
                Integer.parseInt(day.substring(4, 6)),
                Integer.parseInt(day.substring(6)));
    if (series.startsWith(GLOBAL_ID)) {
      return GLOBAL_ID + date + series.substring(GLOBAL_ID.length() + DAY_LENGTH);
    }
    byte[] data = ("vCal-Uid\1\0\0\0" + series + "\0").getBytes(StandardCharsets.UTF_8);
    HexFormat hex = HexFormat.of().withUpperCase();
    return GLOBAL_ID + date + "0".repeat(32) + "%08X".formatted(data.length) + hex.formatHex(data);
  }

  String type() {
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
