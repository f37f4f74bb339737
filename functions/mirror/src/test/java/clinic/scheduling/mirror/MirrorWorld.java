package clinic.scheduling.mirror;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.testing.SandboxResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts the stand-ins, and a practice whose calendars block time. */
public final class MirrorWorld extends SandboxResource {
  static final String SYSTEM = "urn:example:external-scheduling";
  private static final Path EXAMPLE = Path.of("../../infra/practice.example.json");

  @Override
  protected Map<String, String> keys(Sandbox started) throws IOException {
    Map<String, String> keys = new HashMap<>();
    keys.put("CANVAS_IDENTIFIER_SYSTEM", SYSTEM);
    keys.put("GRAPH_URL", started.url() + "/graph/v1.0");
    keys.put("GRAPH_TOKEN_URL", started.url() + "/graph/harbor/oauth2/v2.0/token");
    keys.put("GRAPH_CLIENT_ID", "graph-client");
    keys.put("GRAPH_CLIENT_SECRET", "graph-secret");
    keys.put("GOOGLE_CALENDAR_URL", started.url() + "/google/calendar/v3");
    keys.put("GOOGLE_TOKEN_URL", started.url() + "/google/token");
    keys.put("GOOGLE_SERVICE_ACCOUNT", started.google().serviceAccountJson());
    keys.put("TABLE_NAME", "none");
    keys.put("QUEUE_CALENDAR_CHANGES_URL", "http://127.0.0.1/changes");
    keys.put("LEASE_SECONDS", "90");
    keys.put("TIMEOUT_SECONDS", "60");
    Path practice = Files.createTempFile("practice", ".json");
    practice.toFile().deleteOnExit();
    Files.writeString(practice, document("both", ""));
    keys.put("PRACTICE", practice.toString());
    return keys;
  }

  /**
   * The example's practice document with meetings.
   *
   * @param direction of all calendars
   * @param more other fields of {@code meetings}, each preceded by a comma
   */
  static String document(String direction, String more) throws IOException {
    String example =
        Files.readString(EXAMPLE).replaceAll(",?\\s*\"meetings\": \\{[^}]*\\}\\s*\\}", "");
    String meetings =
        "{\"meetings\": {\"eventType\": {\"system\": \"http://snomed.info/sct\","
            + " \"code\": \"272379006\", \"display\": \"Generic event\"}"
            + more
            + "},";
    return example
        .replaceAll("\"direction\": \"[a-z-]+\"", "\"direction\": \"" + direction + "\"")
        .replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement(meetings));
  }
}
