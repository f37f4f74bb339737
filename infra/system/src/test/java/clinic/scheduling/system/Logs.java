package clinic.scheduling.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The logs of all processes of a run. */
record Logs(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The text of every log by its name. */
  Map<String, String> texts() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  /** The JSON lines that the processes of a function have written. */
  Stream<JsonNode> of(String function) throws IOException {
    return texts().entrySet().stream()
        .filter(log -> log.getKey().startsWith(function + "-"))
        .flatMap(log -> log.getValue().lines())
        .filter(line -> line.startsWith("{"))
        .flatMap(Logs::json);
  }

  /** Whether a function has logged a line about the booking with this identifier of ours. */
  boolean follow(String function, String id) throws IOException {
    return of(function).anyMatch(line -> line.path("mdc").path("correlation").asText().equals(id));
  }

  private static Stream<JsonNode> json(String line) {
    try {
      return Stream.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      // A killed process may leave half a line.
      return Stream.empty();
    }
  }
}
