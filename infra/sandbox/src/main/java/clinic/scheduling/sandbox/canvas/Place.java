package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;

/**
 * A practice location.
 *
 * @param number the internal number in Schedule ids, which no resource contains
 * @param resource the Location
 */
public record Place(int number, ZoneId zone, ObjectNode resource) {
  public String id() {
    return resource.path("id").asText();
  }

  public String name() {
    return resource.path("name").asText();
  }
}
