package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The query parameters of each method, from the discovery document. */
final class GoogleMethods {
  private final JsonNode common;
  private final JsonNode methods;

  GoogleMethods() {
    JsonNode document = Json.resource("/contracts/google-calendar-v3.discovery.json");
    common = document.get("parameters");
    methods = document.path("resources").path("events").path("methods");
  }

  /** Refuses an unknown parameter, or a value that is not in its list. */
  void check(String method, Call call) {
    JsonNode parameters = methods.path(method).path("parameters");
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
