package clinic.scheduling.sandbox.contract;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The OpenAPI document of Microsoft Graph. */
final class GraphDescription implements ServiceDescription {
  static final String FILE = "/contracts/msgraph-v1.0-calendar-subscriptions.openapi.json";
  private static final String VERSION = "/v1.0";

  /** Parameters of links that the service makes; the description does not list them. */
  private static final List<String> OF_LINKS = List.of("$skiptoken", "$deltatoken");

  private final JsonNode document = Json.resource(FILE);

  @Override
  public Optional<Operation> operation(Call call) {
    String verb = call.method().toLowerCase(Locale.ROOT);
    return document.path("paths").properties().stream()
        .filter(path -> call.path().matches(Pattern.quote(VERSION) + pattern(path.getKey())))
        .map(Map.Entry::getValue)
        .filter(path -> path.has(verb))
        .map(path -> operation(path, path.get(verb)))
        .findFirst();
  }

  private Operation operation(JsonNode path, JsonNode operation) {
    ObjectNode parameters = Json.object();
    Stream.of(path, operation)
        .flatMap(owner -> owner.path("parameters").valueStream())
        .map(this::follow)
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .forEach(it -> parameters.set(it.path("name").asText(), it.path("schema")));
    OF_LINKS.forEach(name -> parameters.putObject(name).put("type", "string"));
    return new Operation(
        parameters,
        schema(operation.path("requestBody")),
        status -> {
          JsonNode answers = operation.path("responses");
          String exact = Integer.toString(status);
          return schema(follow(answers.path(answers.has(exact) ? exact : "default")));
        });
  }

  private static Optional<String> schema(JsonNode content) {
    JsonNode schema = content.path("content").path("application/json").path("schema");
    return Optional.ofNullable(schema.get("$ref")).map(JsonNode::asText);
  }

  private JsonNode follow(JsonNode reference) {
    return reference.has("$ref")
        ? document.at(reference.get("$ref").asText().substring(1))
        : reference;
  }

  private static String pattern(String template) {
    return Stream.of(template.split("/", -1))
        .map(part -> part.startsWith("{") ? "[^/]+" : named(part))
        .collect(Collectors.joining("/"));
  }

  /** The service knows a function with and without its parentheses. */
  private static String named(String part) {
    return part.endsWith("()")
        ? Pattern.quote(part.substring(0, part.length() - 2)) + "(?:\\(\\))?"
        : Pattern.quote(part);
  }
}
