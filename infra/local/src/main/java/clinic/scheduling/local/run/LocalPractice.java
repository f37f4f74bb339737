package clinic.scheduling.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The practice document of the local run: the example, but the meetings in the calendars of its
 * first clinician block time in Canvas. The example itself has only the usual direction, as most
 * practices begin with it.
 */
final class LocalPractice {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalPractice() {}

  /**
   * Writes the document.
   *
   * @param target the folder for the files of the run
   */
  static Path write(Path repository, Path target) throws IOException {
    ObjectNode practice =
        (ObjectNode) JSON.readTree(repository.resolve("infra/practice.example.json").toFile());
    // The Canvas stand-in has this type, which needs no patient (docs/facts/canvas.md 3.8).
    practice
        .withObject("/meetings/eventType")
        .put("system", "http://snomed.info/sct")
        .put("code", "272379006")
        .put("display", "Generic event");
    for (JsonNode calendar : practice.at("/practitioners/0/calendars")) {
      ((ObjectNode) calendar).put("direction", "both");
    }
    Path file = Files.createDirectories(target).resolve("local-practice.json");
    Files.writeString(file, practice.toPrettyString());
    return file;
  }
}
