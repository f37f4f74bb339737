package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A member of staff; one who is not schedulable is hidden from searches unless asked for. */
public record Clinician(boolean schedulable, ObjectNode resource) {
  public String key() {
    return resource.path("id").asText();
  }

  public String name() {
    return resource.path("name").path(0).path("text").asText();
  }
}
