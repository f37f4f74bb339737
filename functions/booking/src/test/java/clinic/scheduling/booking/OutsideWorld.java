package clinic.scheduling.booking;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.server.CanvasSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;

/** The Canvas sandbox, and the function's keys that lead there. */
public final class OutsideWorld implements QuarkusTestResourceLifecycleManager {
  static final String SYSTEM = "urn:example:external-scheduling";
  private Sandbox sandbox;

  @Override
  public Map<String, String> start() {
    try {
      sandbox = Sandbox.start(0, Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "CANVAS_FHIR_URL",
        sandbox.url() + "/canvas",
        "CANVAS_AUTH_URL",
        sandbox.url() + "/canvas/auth/token/",
        "CANVAS_CLIENT_ID",
        CanvasSandbox.CLIENT_ID,
        "CANVAS_CLIENT_SECRET",
        CanvasSandbox.CLIENT_SECRET,
        "CANVAS_IDENTIFIER_SYSTEM",
        SYSTEM,
        "MANAGE_TOKEN_SECRETS",
        "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "PRACTICE",
        "../../infra/practice.example.json",
        "PUBLIC_URL",
        "http://localhost:8080",
        "LEASE_SECONDS",
        "50");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(sandbox, new TestInjector.MatchesType(Sandbox.class));
  }

  @Override
  public void stop() {
    sandbox.close();
  }
}
