package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Graph's {@code dateTimeTimeZone}: a local time with an IANA or a Windows time zone. */
final class GraphTimes {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'0000'");
  private static final Map<String, String> WINDOWS =
      Map.of(
          "Pacific Standard Time", "America/Los_Angeles",
          "US Mountain Standard Time", "America/Phoenix",
          "Mountain Standard Time", "America/Denver",
          "Central Standard Time", "America/Chicago",
          "Eastern Standard Time", "America/New_York",
          "Alaskan Standard Time", "America/Anchorage",
          "Hawaiian Standard Time", "Pacific/Honolulu",
          "GMT Standard Time", "Europe/London",
          "W. Europe Standard Time", "Europe/Berlin");

  private GraphTimes() {}

  static Instant read(JsonNode time, String property) {
    if (!time.path("dateTime").isTextual()) {
      throw GraphException.badRequest("The property '" + property + "' needs a dateTime.");
    }
    if (!time.path("timeZone").isTextual()) {
      throw GraphException.badRequest("The property '" + property + "' needs a timeZone.");
    }
    ZoneId zone = zone(time.get("timeZone").asText());
    try {
      return LocalDateTime.parse(time.get("dateTime").asText()).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw GraphException.badRequest(
          "The dateTime of '" + property + "' must be a local time without an offset.");
    }
  }

  static ObjectNode write(JsonNode time, String zone) {
    LocalDateTime local = LocalDateTime.ofInstant(read(time, "time"), zone(zone));
    return Json.object().put("dateTime", WRITTEN.format(local)).put("timeZone", zone);
  }

  /** The same local time in another zone. */
  static ObjectNode writeFloating(JsonNode time, String zone) {
    LocalDateTime local = local(time, "time");
    return Json.object().put("dateTime", WRITTEN.format(local)).put("timeZone", zone);
  }

  static LocalDateTime local(JsonNode time, String property) {
    return LocalDateTime.ofInstant(read(time, property), zone(time.path("timeZone").asText()));
  }

  static ZoneId zone(String name) {
    try {
      return name.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(WINDOWS.getOrDefault(name, name));
    } catch (DateTimeException e) {
      throw new GraphException(
          400,
          "TimeZoneNotSupportedException",
          "A valid TimeZone value must be specified. Not supported: '" + name + "'.");
    }
  }

  /** Parses a parameter of calendarView. Without an offset, it is in UTC. */
  static Instant bound(String text, String parameter) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withOffset) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw new GraphException(
            400, "ErrorInvalidParameter", "The parameter '" + parameter + "' is not a time.");
      }
    }
  }
}
