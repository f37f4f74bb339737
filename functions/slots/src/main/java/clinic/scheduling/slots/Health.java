package clinic.scheduling.slots;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;

/** The JSON of {@code GET /health}, which says which build is running. Calls no other system. */
@Singleton
class Health {
  private final String version;
  private final String commit;

  Health(SlotsSettings.Build build) {
    this.version = build.version();
    this.commit = build.commit();
  }

  /**
   * @param isSetUp whether the clinic has put its practice document
   */
  ObjectNode toJson(boolean isSetUp) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", "ok")
        .put("version", version)
        .put("commit", commit)
        .put("setUp", isSetUp);
  }
}
