package clinic.scheduling.slots;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The JSON of {@code GET /health}: which build this is. Asks no other system. */
@Singleton
class Health {
  private final String version;
  private final String commit;

  /**
   * @param commit {@code COMMIT}: the commit that was deployed
   */
  Health(
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "COMMIT", defaultValue = "unknown") String commit) {
    this.version = version;
    this.commit = commit;
  }

  ObjectNode now() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", "ok")
        .put("version", version)
        .put("commit", commit);
  }
}
