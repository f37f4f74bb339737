package clinic.scheduling.sandbox.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One operation of the document, with references resolved. */
record Operation(JsonNode document, String template, JsonNode node) {
  private static final int DEEPEST_REFERENCE = 10;

  /** A parameter of a request. */
  record Parameter(String name, boolean required, JsonNode schema) {
    /**
     * Whether it describes all parameters that have no entry of their own (OpenAPI: an exploded
     * object).
     */
    boolean isAnyOther() {
      return schema.path("type").asText().equals("object");
    }
  }

  /**
   * The operation of a request, if there is one. A literal path takes precedence over a template.
   */
  static Optional<Operation> find(JsonNode document, Exchange exchange) {
    String verb = exchange.method().toLowerCase(Locale.ROOT);
    return document.path("paths").properties().stream()
        .filter(path -> fits(path.getKey(), exchange.pathOnly()))
        .min(Comparator.comparing(path -> path.getKey().contains("{")))
        .filter(path -> path.getValue().has(verb))
        .map((Entry<String, JsonNode> path) -> of(document, path, verb));
  }

  private static Operation of(JsonNode document, Entry<String, JsonNode> path, String verb) {
    return new Operation(document, path.getKey(), path.getValue().path(verb));
  }

  private static boolean fits(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] is = path.split("/", -1);
    return wanted.length == is.length
        && IntStream.range(0, is.length).allMatch(part -> fitsPart(wanted[part], is[part]));
  }

  private static boolean fitsPart(String wanted, String is) {
    return wanted.startsWith("{") ? !is.isEmpty() : wanted.equals(is);
  }

  List<Parameter> queryParameters() {
    JsonNode shared = document.path("paths").path(template).path("parameters");
    return Stream.of(shared, node.path("parameters"))
        .flatMap(JsonNode::valueStream)
        .map(this::follow)
        .filter(it -> it.path("in").asText().equals("query"))
        .map(
            it ->
                new Parameter(
                    it.path("name").asText(), it.path("required").asBoolean(), it.path("schema")))
        .toList();
  }

  Optional<JsonNode> requestSchema() {
    JsonNode json = follow(node.path("requestBody")).path("content").path("application/json");
    return Optional.ofNullable(json.get("schema"));
  }

  /** Whether the request needs a body. */
  boolean needsRequest() {
    return follow(node.path("requestBody")).path("required").asBoolean(false);
  }

  Optional<JsonNode> response(int status) {
    return Optional.ofNullable(node.path("responses").get(String.valueOf(status)))
        .map(this::follow);
  }

  /** Resolves a reference; returns any other node unchanged. */
  JsonNode follow(JsonNode reference) {
    JsonNode present = reference;
    for (int depth = 0; present.has("$ref") && depth < DEEPEST_REFERENCE; depth++) {
      present = document.at(present.path("$ref").asText().substring(1));
    }
    return present;
  }
}
