package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.testing.SandboxResource;
import java.util.HashMap;
import java.util.Map;

/** Starts the stand-ins, and sets the function's environment keys to them. */
public final class OutsideWorld extends SandboxResource {

  @Override
  protected Map<String, String> keys(Sandbox started) {
    Map<String, String> keys = new HashMap<>();
    keys.put("CANVAS_IDENTIFIER_SYSTEM", SendMessageCase.SYSTEM);
    keys.put("PUBLIC_URL", Samples.PUBLIC_URL);
    keys.put("SITE_URL", Samples.SITE_URL);
    keys.put("TABLE_NAME", "none");
    keys.put("LEASE_SECONDS", "40");
    keys.put("TIMEOUT_SECONDS", "10");
    keys.put("QUEUE_PATIENT_MESSAGES_URL", "http://localhost/000000000000/patient-messages");
    keys.put("QUEUE_MESSAGE_EVENTS_URL", "http://localhost/000000000000/message-events");
    keys.put("SES_CONFIGURATION_SET", "patient-messages");
    for (String service : new String[] {"ses", "sns"}) {
      keys.put("quarkus." + service + ".endpoint-override", started.url() + "/" + service);
      keys.put("quarkus." + service + ".aws.region", "us-east-1");
      keys.put("quarkus." + service + ".aws.credentials.type", "static");
      keys.put("quarkus." + service + ".aws.credentials.static-provider.access-key-id", "test");
      keys.put("quarkus." + service + ".aws.credentials.static-provider.secret-access-key", "test");
    }
    return keys;
  }
}
