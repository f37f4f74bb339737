package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A member of staff. Searches return one who is not schedulable only if they ask for it. */
public record Clinician(boolean schedulable, ObjectNode resource) {
  public String key() {
    return resource.path("id").asText();
  }

  public String name() {
    return resource.path("name").path(0).path("text").asText();
  }
}
