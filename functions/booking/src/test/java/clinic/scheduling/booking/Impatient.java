package clinic.scheduling.booking;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Waits for Canvas only a fraction of the usual time, so that many time-outs fit into a short test.
 */
public final class Impatient implements QuarkusTestProfile {
  static final long MILLIS = 300;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.rest-client.canvas.read-timeout", "" + MILLIS,
        "quarkus.rest-client.canvas-auth.read-timeout", "" + MILLIS);
  }
}
