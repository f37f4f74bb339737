package clinic.scheduling.operate.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a function's log. It holds fixed words, names and ids only.
 *
 * @param at when it was written; the beginning of time if the line does not say
 * @param text a fixed word, then names and ids
 * @param ids what was being processed
 */
public record LogLine(Instant at, String level, String text, Map<String, String> ids) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> TROUBLE = Set.of("WARN", "ERROR");

  public LogLine {
    ids = Map.copyOf(ids);
  }

  /** Reads a line; empty if it is not one of a function. */
  static Optional<LogLine> parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (!json.path("message").isTextual()) {
        return Optional.empty();
      }
      Map<String, String> ids = new HashMap<>();
      json.path("mdc").properties().forEach(id -> ids.put(id.getKey(), id.getValue().asText()));
      return Optional.of(
          new LogLine(
              time(json.path("timestamp").asText()),
              json.path("level").asText(),
              json.path("message").asText(),
              ids));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean isTrouble() {
    return TROUBLE.contains(level);
  }

  /** SyncCalendars logs the id of a message in one of these fields, SendMessage in the other. */
  boolean isAbout(String messageId) {
    return messageId.equals(ids.get("message")) || messageId.equals(ids.get("sqs"));
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
