package clinic.scheduling.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The start and end of an event: a date, a time with an offset, or a time with a time zone. */
final class GoogleTimes {
  static final ZoneId CALENDAR_ZONE = ZoneId.of("America/Los_Angeles");

  private GoogleTimes() {}

  static Instant read(JsonNode time, String member) {
    if (time.hasNonNull("date") == time.hasNonNull("dateTime")) {
      throw new GoogleException(400, "required", "Missing " + member + " time.");
    }
    ZoneId zone = zone(time.path("timeZone"));
    try {
      return time.hasNonNull("date")
          ? LocalDate.parse(time.get("date").asText()).atStartOfDay(CALENDAR_ZONE).toInstant()
          : instant(time.get("dateTime").asText(), time, zone);
    } catch (DateTimeException e) {
      throw GoogleException.invalid("Invalid value for: " + member + ".dateTime");
    }
  }

  /** Converts a time to the time zone of the calendar, as Google's responses do. */
  static void normalize(ObjectNode time, String member) {
    Instant instant = read(time, member);
    if (time.hasNonNull("dateTime")) {
      ZoneId zone = time.hasNonNull("timeZone") ? zone(time.get("timeZone")) : CALENDAR_ZONE;
      time.put(
          "dateTime",
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              instant.atZone(CALENDAR_ZONE).toOffsetDateTime()));
      time.put("timeZone", zone.getId());
    }
  }

  /** A bound of a list. Google requires an offset. */
  static Instant bound(String text, String parameter) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new GoogleException(
          400, "badRequest", "Bad Request: " + parameter + " needs an offset");
    }
  }

  private static Instant instant(String text, JsonNode time, ZoneId zone) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      if (!time.hasNonNull("timeZone")) {
        throw GoogleException.invalid("Missing time zone definition for a time without offset.");
      }
      return LocalDateTime.parse(text).atZone(zone).toInstant();
    }
  }

  private static ZoneId zone(JsonNode name) {
    try {
      return name.isTextual() ? ZoneId.of(name.asText()) : CALENDAR_ZONE;
    } catch (DateTimeException e) {
      throw GoogleException.invalid("Invalid time zone definition: " + name.asText());
    }
  }
}
