package clinic.scheduling.sandbox.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** Checks responses. */
final class ResponseRules {
  private ResponseRules() {}

  static void check(Operation operation, Exchange exchange, Violations violations) {
    Optional<JsonNode> documented = operation.response(exchange.status());
    if (documented.isEmpty()) {
      violations.add("the status is not documented");
      return;
    }
    documented
        .get()
        .path("headers")
        .properties()
        .forEach(
            header ->
                header(header.getKey(), operation.follow(header.getValue()), exchange, violations));
    body(documented.get().path("content"), exchange, violations);
  }

  private static void header(
      String name, JsonNode header, Exchange exchange, Violations violations) {
    String value = exchange.headers().get(name);
    if (value != null) {
      violations.checkText("header " + name, header.path("schema"), value);
    } else if (header.path("required").asBoolean()) {
      violations.add("the header " + name + " is missing");
    }
  }

  private static void body(JsonNode content, Exchange exchange, Violations violations) {
    String type = exchange.headers().getOrDefault("content-type", "").replaceAll(";.*", "").strip();
    boolean bodyless = content.isMissingNode() || exchange.method().equals("HEAD");
    if (!content.isMissingNode() && !content.has(type)) {
      violations.add(
          "the content type is '%s', documented is %s"
              .formatted(type, content.properties().stream().map(Map.Entry::getKey).toList()));
    } else if (bodyless) {
      if (!exchange.responseBody().isEmpty()) {
        violations.add("the answer has a body, but none is documented");
      }
    } else if (type.endsWith("json")) {
      violations.checkJson("answer", content.path(type).path("schema"), exchange.responseBody());
    } else {
      violations.checkText("answer", content.path(type).path("schema"), exchange.responseBody());
    }
  }
}
