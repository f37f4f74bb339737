package clinic.scheduling.calendars;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.server.CanvasSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Starts the stand-ins, and sets the environment keys that lead to them. */
public final class OutsideWorld implements QuarkusTestResourceLifecycleManager {
  public static final String SYSTEM = "urn:example:external-scheduling";
  private Sandbox sandbox;

  @Override
  public Map<String, String> start() {
    try {
      sandbox = Sandbox.start(0, Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> keys = new HashMap<>();
    keys.put("CANVAS_FHIR_URL", sandbox.url() + "/canvas");
    keys.put("CANVAS_AUTH_URL", sandbox.url() + "/canvas-auth/token/");
    keys.put("CANVAS_CLIENT_ID", CanvasSandbox.CLIENT_ID);
    keys.put("CANVAS_CLIENT_SECRET", CanvasSandbox.CLIENT_SECRET);
    keys.put("CANVAS_IDENTIFIER_SYSTEM", SYSTEM);
    keys.put("GRAPH_URL", sandbox.url() + "/graph/v1.0");
    keys.put("GRAPH_TOKEN_URL", sandbox.url() + "/graph/harbor/oauth2/v2.0/token");
    keys.put("GRAPH_CLIENT_ID", "graph-client");
    keys.put("GRAPH_CLIENT_SECRET", "graph-secret");
    keys.put("GOOGLE_CALENDAR_URL", sandbox.url() + "/google/calendar/v3");
    keys.put("GOOGLE_TOKEN_URL", sandbox.url() + "/google/token");
    keys.put("GOOGLE_SERVICE_ACCOUNT", sandbox.google().serviceAccountJson());
    keys.put("MANAGE_TOKEN_SECRETS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    keys.put("PRACTICE", "../../infra/practice.example.json");
    keys.put("TABLE_NAME", "none");
    keys.put("QUEUE_PATIENT_MESSAGES_URL", "http://127.0.0.1/none");
    keys.put("QUEUE_APPOINTMENT_CHANGES_URL", "http://127.0.0.1/changes");
    keys.put("LEASE_SECONDS", "40");
    keys.put("TIMEOUT_SECONDS", "10");
    return keys;
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
