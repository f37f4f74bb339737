package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {
  private static final Pattern CONSTANT = Pattern.compile("(?m)^  ([A-Z_]+)\\((\\d{3}), ");
  private static final String PROBLEM_TYPES =
      "functions/core/src/main/java/clinic/scheduling/core/http/ProblemType.java";

  private final String yaml = Repository.text("infra/openapi.yaml");
  private final ObjectNode document = Json.tree(new Yaml().load(yaml));

  @Test
  void theDocumentIsValidOpenApi() {
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(yaml);

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(parsed.getOpenAPI().getPaths()).hasSize(17);
    assertThat(
            new OpenAPIV3Parser().readContents(yaml.replace("  title:", "  titel:")).getMessages())
        .as("the validator sees an error")
        .isNotEmpty();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(references(document)).hasSizeGreaterThan(100);
    assertThat(references(document))
        .allSatisfy(
            it -> assertThat(document.at(it.substring(1)).isMissingNode()).as(it).isFalse());
  }

  @Test
  void everyExampleKeepsItsSchema() {
    List<String> wrong = new ArrayList<>();
    int examples = examples(document, "", wrong);

    assertThat(wrong).isEmpty();
    assertThat(examples).isGreaterThan(30);
  }

  @Test
  void requestsAllowNoUnknownFields() {
    for (String request : List.of("Booking", "Patient", "Move", "Cancellation")) {
      JsonNode schema = document.at("/components/schemas/" + request);
      assertThat(schema.path("additionalProperties").isBoolean()).as(request).isTrue();
    }
  }

  @Test
  void everyProblemOfTheFunctionsIsListedWithItsStatus() {
    Map<String, Integer> inCode = new TreeMap<>();
    CONSTANT
        .matcher(Repository.text(PROBLEM_TYPES))
        .results()
        .forEach(it -> inCode.put(uri(it.group(1)), Integer.parseInt(it.group(2))));
    Map<String, Integer> answered = new TreeMap<>();
    document.at("/components/schemas").forEach(it -> statuses(it, answered));
    document.at("/components/responses").forEach(it -> statuses(it, answered));
    statuses(document.path("paths"), answered);
    Set<String> listed =
        document
            .at("/components/schemas/ProblemType/enum")
            .valueStream()
            .map(JsonNode::asText)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(inCode).hasSizeGreaterThan(10).isEqualTo(answered);
    assertThat(listed).isEqualTo(inCode.keySet());
  }

  private static String uri(String constant) {
    return "urn:problem-type:scheduling:" + constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds the schemas that restrict a problem to one status and the types that it may have. */
  private static void statuses(JsonNode node, Map<String, Integer> found) {
    JsonNode status = node.at("/properties/status/const");
    JsonNode type = node.at("/properties/type");
    if (status.isInt()) {
      type.path("enum").forEach(it -> found.put(it.asText(), status.asInt()));
      if (type.has("const")) {
        found.put(type.path("const").asText(), status.asInt());
      }
    }
    node.forEach(child -> statuses(child, found));
  }

  @Test
  void everyErrorIsAProblem() {
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .findValues("responses")
                    .forEach(
                        responses ->
                            responses.properties().stream()
                                .filter(it -> it.getKey().compareTo("400") >= 0)
                                .forEach(
                                    it ->
                                        assertThat(follow(it.getValue()).path("content").toString())
                                            .as(path.getKey() + " " + it.getKey())
                                            .startsWith("{\"application/problem+json\""))));
  }

  private int examples(JsonNode node, String path, List<String> wrong) {
    int count = 0;
    if (node.has("schema")) {
      List<JsonNode> values = new ArrayList<>();
      if (node.has("example")) {
        values.add(node.path("example"));
      }
      node.path("examples").forEach(it -> values.add(follow(it).path("value")));
      for (JsonNode value : values) {
        ObjectNode schema = Json.tree(Map.of());
        schema.set("components", document.path("components"));
        schema.putArray("allOf").add(node.path("schema"));
        Json.violations(schema, value).forEach(it -> wrong.add(path + it));
        count++;
      }
    }
    for (var child : node.properties()) {
      count += examples(child.getValue(), path + "/" + child.getKey(), wrong);
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        count += examples(element, path + "/[]", wrong);
      }
    }
    return count;
  }

  private JsonNode follow(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static List<String> references(JsonNode node) {
    return node.findValuesAsText("$ref");
  }
}
