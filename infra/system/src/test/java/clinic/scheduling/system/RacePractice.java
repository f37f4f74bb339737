package clinic.scheduling.system;

import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A practice document with two clinicians, limits that no race reaches, and two visit types: {@code
 * office}, and {@code spaced}, which has buffers of ten minutes.
 */
final class RacePractice {
  static final int CLINICIANS = 2;
  static final int BUFFER_MINUTES = 10;

  private RacePractice() {}

  /** The Canvas key of the clinician whom the practice document calls {@code clinician-00n}. */
  static String canvasId(int number) {
    return LargeWorld.key(number);
  }

  /** Writes the document, and returns its path. */
  static Path write(Path folder) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode practice = (ObjectNode) json.readTree(LargeWorld.practice(CLINICIANS));
    ArrayNode types = (ArrayNode) practice.path("visitTypes");
    ObjectNode spaced = types.get(0).deepCopy();
    types.add(
        spaced
            .put("id", "spaced")
            .put("bufferBeforeMinutes", BUFFER_MINUTES)
            .put("bufferAfterMinutes", BUFFER_MINUTES));
    Files.createDirectories(folder);
    return Files.writeString(
        folder.resolve("practice.json").toAbsolutePath(), practice.toPrettyString());
  }
}
