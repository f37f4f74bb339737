package clinic.scheduling.sandbox.contract;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The discovery document of Google Calendar. It does not describe errors. */
final class GoogleDescription implements ServiceDescription {
  static final String FILE = "/contracts/google-calendar-v3.discovery.json";

  private final JsonNode document = Json.resource(FILE);

  @Override
  public Optional<Operation> operation(Call call) {
    return document.path("resources").properties().stream()
        .flatMap(resource -> resource.getValue().path("methods").valueStream())
        .filter(method -> method.path("httpMethod").asText().equals(call.method()))
        .filter(method -> call.path().matches("/calendar/v3/" + pattern(method)))
        .findFirst()
        .map(this::operation);
  }

  private Operation operation(JsonNode method) {
    ObjectNode parameters = Json.object();
    parameters.setAll((ObjectNode) document.path("parameters"));
    method
        .path("parameters")
        .properties()
        .forEach(
            parameter -> {
              if (parameter.getValue().path("location").asText().equals("query")) {
                parameters.set(parameter.getKey(), parameter.getValue());
              }
            });
    return new Operation(
        parameters,
        reference(method.path("request")),
        status -> status < 300 ? reference(method.path("response")) : Optional.empty());
  }

  private static Optional<String> reference(JsonNode schema) {
    return Optional.ofNullable(schema.get("$ref")).map(JsonNode::asText);
  }

  private static String pattern(JsonNode method) {
    return method.path("path").asText().replaceAll("\\{[^}]*}", "[^/]+");
  }
}
