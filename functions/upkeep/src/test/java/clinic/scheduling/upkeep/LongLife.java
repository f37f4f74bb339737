package clinic.scheduling.upkeep;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Sets the time limit of this function, which is longer than that of the queue consumers. */
public final class LongLife implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Map.of("TIMEOUT_SECONDS", "300", "LEASE_SECONDS", "330");
  }

  @Override
  public void stop() {}

  @Override
  public int order() {
    return 1;
  }
}
