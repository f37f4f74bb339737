package clinic.scheduling.calendaraccess;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.testing.SandboxResource;
import java.util.HashMap;
import java.util.Map;

/** Starts the stand-ins, and sets the environment keys that lead to them. */
public final class BothCalendars extends SandboxResource {

  @Override
  protected Map<String, String> keys(Sandbox started) {
    Map<String, String> keys = new HashMap<>();
    keys.put("GRAPH_URL", started.url() + "/graph/v1.0");
    keys.put("GRAPH_TOKEN_URL", started.url() + "/graph/harbor/oauth2/v2.0/token");
    keys.put("GRAPH_CLIENT_ID", "graph-client");
    keys.put("GRAPH_CLIENT_SECRET", "graph-secret");
    keys.put("GOOGLE_CALENDAR_URL", started.url() + "/google/calendar/v3");
    keys.put("GOOGLE_TOKEN_URL", started.url() + "/google/token");
    keys.put("GOOGLE_SERVICE_ACCOUNT", started.google().serviceAccountJson());
    keys.put("TABLE_NAME", "none");
    return keys;
  }
}
