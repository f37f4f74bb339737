package clinic.scheduling.system;

import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two clinicians, limits that no race meets, and beside the visit type {@code office} another one,
 * {@code spaced}, with ten minutes before and after it.
 */
final class RacePractice {
  static final int CLINICIANS = 2;
  static final int BUFFER_MINUTES = 10;

  private RacePractice() {}

  /** The clinician whom the practice document calls {@code clinician-00n}. */
  static String canvasId(int number) {
    return LargeWorld.key(number);
  }

  /** Writes the document; its place. */
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
