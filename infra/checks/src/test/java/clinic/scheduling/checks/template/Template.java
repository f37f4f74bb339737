package clinic.scheduling.checks.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The parsed {@code template.yaml}. */
record Template(ObjectNode root) {
  static final String FUNCTION = "AWS::Serverless::Function";
  static final String QUEUE = "AWS::SQS::Queue";

  static Template parse(String yaml) {
    Object tree = new Yaml(new CloudFormationTags()).load(yaml);
    return new Template(new ObjectMapper().valueToTree(tree));
  }

  /** An independent copy that a test may change. */
  Template copy() {
    return new Template(root.deepCopy());
  }

  /** The properties of each resource of a type, by logical id. */
  Map<String, JsonNode> ofType(String type) {
    return root.path("Resources").properties().stream()
        .filter(it -> it.getValue().path("Type").asText().equals(type))
        .collect(
            Collectors.toMap(
                Entry::getKey, it -> it.getValue().path("Properties"), (a, b) -> a, TreeMap::new));
  }

  Map<String, JsonNode> functions() {
    return ofType(FUNCTION);
  }

  /** The events of a type, of all functions, by function and event. */
  Map<String, JsonNode> events(String type) {
    Map<String, JsonNode> events = new TreeMap<>();
    functions()
        .forEach(
            (function, properties) ->
                properties.path("Events").properties().stream()
                    .filter(it -> it.getValue().path("Type").asText().equals(type))
                    .forEach(
                        it ->
                            events.put(
                                function + "." + it.getKey(), it.getValue().path("Properties"))));
    return events;
  }

  JsonNode resource(String logicalId) {
    return root.path("Resources").path(logicalId);
  }

  JsonNode properties(String logicalId) {
    return resource(logicalId).path("Properties");
  }

  /** The properties of a resource, for changing them. The resource must exist. */
  ObjectNode edit(String logicalId) {
    return (ObjectNode) properties(logicalId);
  }

  /** The object at a JSON pointer, for changing it. The object must exist. */
  ObjectNode editAt(String pointer) {
    return (ObjectNode) root.requiredAt(pointer);
  }

  /** A number, or the default of the parameter that a Ref names; 0 if neither. */
  int number(JsonNode value) {
    JsonNode parameter = root.path("Parameters").path(value.path("Ref").asText());
    return value.isObject() ? parameter.path("Default").asInt() : value.asInt();
  }

  /** The statements of a function's role, including those inside an {@code If}. */
  Stream<JsonNode> statements(String role) {
    return properties(role)
        .path("Policies")
        .valueStream()
        .flatMap(policy -> policy.path("PolicyDocument").path("Statement").valueStream())
        .map(it -> it.has("Fn::If") ? it.path("Fn::If").path(1) : it);
  }

  static boolean refersTo(JsonNode value, String logicalId) {
    return value.path("Ref").asText().equals(logicalId)
        || value.path("Fn::GetAtt").path(0).asText().equals(logicalId);
  }
}
