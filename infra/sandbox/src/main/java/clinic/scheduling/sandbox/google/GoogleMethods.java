package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scopes and query parameters of each method, from the discovery document. */
final class GoogleMethods {
  private final JsonNode common;
  private final JsonNode resources;

  GoogleMethods() {
    JsonNode document = Json.resource("/contracts/google-calendar-v3.discovery.json");
    common = document.get("parameters");
    resources = document.path("resources");
  }

  /**
   * Refuses a token without a scope of the method, an unknown parameter, and a value that is not in
   * its list.
   *
   * @param method such as {@code events.list}
   */
  void check(String method, Call call, Set<String> scopes) {
    JsonNode known = known(method);
    if (!allowed(method, known, scopes)) {
      throw new GoogleException(
          403, "insufficientPermissions", "Request had insufficient authentication scopes.");
    }
    checkParameters(known.path("parameters"), call);
  }

  private JsonNode known(String method) {
    String[] names = method.split("\\.", 2);
    return resources.path(names[0]).path("methods").path(names[1]);
  }

  /** A token for availability only opens no list of events here, because it would show too much. */
  private static boolean allowed(String method, JsonNode known, Set<String> scopes) {
    return known
        .path("scopes")
        .valueStream()
        .map(JsonNode::asText)
        .filter(scope -> !scope.endsWith("events.freebusy") || !method.startsWith("events."))
        .anyMatch(scopes::contains);
  }

  private void checkParameters(JsonNode parameters, Call call) {
    for (Map.Entry<String, List<String>> given : call.query().entrySet()) {
      String name = given.getKey();
      JsonNode known = parameters.has(name) ? parameters.get(name) : common.path(name);
      if (known.isMissingNode() || known.path("location").asText().equals("path")) {
        throw new GoogleException(400, "badRequest", "Unknown parameter: " + name);
      }
      given.getValue().forEach(value -> checkValue(name, known, value));
    }
  }

  private static void checkValue(String name, JsonNode known, String value) {
    boolean fits =
        switch (known.path("type").asText()) {
          case "boolean" -> value.equals("true") || value.equals("false");
          case "integer" -> value.matches("-?\\d{1,10}");
          default -> !known.has("enum") || has(known.get("enum"), value);
        };
    if (!fits) {
      throw GoogleException.invalid("Invalid value for: " + name);
    }
  }

  private static boolean has(JsonNode values, String value) {
    for (JsonNode one : values) {
      if (one.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }
}
