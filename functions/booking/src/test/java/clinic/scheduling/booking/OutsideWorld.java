package clinic.scheduling.booking;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.testing.SandboxResource;
import java.util.Map;

/** The Canvas sandbox, and the function's configuration that points there. */
public final class OutsideWorld extends SandboxResource {
  static final String SYSTEM = "urn:example:external-scheduling";

  @Override
  protected Map<String, String> keys(Sandbox started) {
    return Map.of(
        "CANVAS_AUTH_URL",
        started.url() + "/canvas/auth/token/",
        "CANVAS_IDENTIFIER_SYSTEM",
        SYSTEM,
        "PUBLIC_URL",
        "http://localhost:8080",
        "LEASE_SECONDS",
        "50");
  }
}
