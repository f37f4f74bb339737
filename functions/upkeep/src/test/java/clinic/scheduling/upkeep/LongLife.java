package clinic.scheduling.upkeep;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The function's own time, which is longer than that of the consumers. */
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
