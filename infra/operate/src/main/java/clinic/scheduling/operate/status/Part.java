package clinic.scheduling.operate.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One part of the screen.
 *
 * @param name the name of the part in JSON
 * @param lines the part as text
 * @param wrong what is wrong, in a few words each; empty if all is well
 */
record Part(String name, JsonNode json, List<String> lines, List<String> wrong) {
  Part {
    lines = List.copyOf(lines);
    wrong = List.copyOf(wrong);
  }
}
