package clinic.scheduling.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one line of a consumer's log. Such a line holds fixed words, names and ids only. */
final class LogLine {
  static final String NONE = "the log says nothing any more";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LEVELS = Set.of("WARN", "ERROR");
  private static final Map<String, String> CONSUMERS =
      Map.of(
          "appointment-changes", "SyncCalendars",
          "calendar-changes", "MirrorMeetings",
          "patient-messages", "SendMessage",
          "message-events", "SendMessage");

  private LogLine() {}

  /** The function that consumes a queue (template.yaml). */
  static String consumer(String queue) {
    return CONSUMERS.getOrDefault(queue, "");
  }

  /** What the line says if it is a warning or an error about the message. */
  static Optional<String> about(String messageId, String line) {
    if (!line.contains(messageId)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(line);
      JsonNode ids = json.path("mdc");
      boolean about =
          ids.path("message").asText().equals(messageId)
              || ids.path("sqs").asText().equals(messageId);
      return about && LEVELS.contains(json.path("level").asText())
          ? Optional.of(json.path("message").asText())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
