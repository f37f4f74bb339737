package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {
  private static final Pattern PROBLEM = Pattern.compile("urn:problem-type:scheduling:[a-z0-9-]+");

  private final String yaml = Repository.text("infra/openapi.yaml");
  private final ObjectNode document = Json.tree(new Yaml().load(yaml));

  @Test
  void theDocumentIsValidOpenApi() {
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(yaml);

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(parsed.getOpenAPI().getPaths()).hasSize(9);
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
  void everyProblemOfTheFunctionsIsListed() {
    Set<String> listed =
        document
            .at("/components/schemas/ProblemType/enum")
            .valueStream()
            .map(JsonNode::asText)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> used = new TreeSet<>();
    Repository.javaFiles().stream()
        .filter(file -> file.toString().contains("/src/main/"))
        .forEach(
            file ->
                PROBLEM
                    .matcher(Repository.text(file))
                    .results()
                    .forEach(it -> used.add(it.group())));

    assertThat(listed).containsAll(used).hasSize(17);
    assertThat(everyAnswersTypes()).containsExactlyInAnyOrderElementsOf(listed);
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

  /** The types that some answer may have, found outside the list itself. */
  private Set<String> everyAnswersTypes() {
    ObjectNode rest = document.deepCopy();
    ((ObjectNode) rest.at("/components/schemas")).remove("ProblemType");
    return PROBLEM
        .matcher(rest.toString())
        .results()
        .map(it -> it.group())
        .collect(Collectors.toCollection(TreeSet::new));
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
        ObjectNode schema = Json.tree(java.util.Map.of());
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
