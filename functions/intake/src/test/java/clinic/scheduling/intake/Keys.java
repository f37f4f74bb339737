package clinic.scheduling.intake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What is configured: two secrets, the newest first. */
public final class Keys implements QuarkusTestResourceLifecycleManager {
  static final String NEW = "whsec_bmV3ZXN0LW5ld2VzdC1uZXdlc3QtbmV3ZXN0";
  static final String OLD = "whsec_b2xkZXN0LW9sZGVzdC1vbGRlc3Qtb2xkZXN0";

  @Override
  public Map<String, String> start() {
    return Map.of("WEBHOOK_SECRETS", NEW + "," + OLD, "LEASE_SECONDS", "40", "TABLE_NAME", "none");
  }

  @Override
  public void stop() {}
}
