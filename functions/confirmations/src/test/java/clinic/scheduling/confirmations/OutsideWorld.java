package clinic.scheduling.confirmations;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.server.CanvasSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The sandboxes for the tests, and the function's own keys that lead there. */
public final class OutsideWorld implements QuarkusTestResourceLifecycleManager {
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
    keys.put("CANVAS_IDENTIFIER_SYSTEM", SendMessageCase.SYSTEM);
    keys.put("MANAGE_TOKEN_SECRETS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    keys.put("PUBLIC_URL", Samples.PUBLIC_URL);
    keys.put("SITE_URL", Samples.SITE_URL);
    keys.put("PRACTICE", "../../infra/practice.example.json");
    keys.put("TABLE_NAME", "none");
    keys.put("LEASE_SECONDS", "40");
    keys.put("TIMEOUT_SECONDS", "10");
    keys.put("QUEUE_PATIENT_MESSAGES_URL", "none");
    keys.put("QUEUE_MESSAGE_EVENTS_URL", "http://localhost/000000000000/message-events");
    keys.put("SES_CONFIGURATION_SET", "patient-messages");
    for (String service : new String[] {"ses", "sns"}) {
      keys.put("quarkus." + service + ".endpoint-override", sandbox.url() + "/" + service);
      keys.put("quarkus." + service + ".aws.region", "us-east-1");
      keys.put("quarkus." + service + ".aws.credentials.type", "static");
      keys.put("quarkus." + service + ".aws.credentials.static-provider.access-key-id", "test");
      keys.put("quarkus." + service + ".aws.credentials.static-provider.secret-access-key", "test");
    }
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
