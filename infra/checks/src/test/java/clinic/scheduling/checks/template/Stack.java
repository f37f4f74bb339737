package clinic.scheduling.checks.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a stack has after a deployment: the resources whose conditions hold, with each intrinsic
 * function in its place.
 *
 * <p>A reference to a resource becomes {@code <logical id>#<identity>}. The identity is computed
 * from those properties of the resource that cannot be changed in place. So two deployments have
 * the same reference exactly if CloudFormation keeps the resource.
 */
final class Stack {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Region", "us-east-1",
          "AWS::AccountId", "123456789012",
          "AWS::Partition", "aws",
          "AWS::URLSuffix", "amazonaws.com",
          "AWS::StackName", "clinic",
          "AWS::StackId", "arn:aws:cloudformation:us-east-1:123456789012:stack/clinic/1");

  private final JsonNode translated;
  private final Map<String, String> parameters;
  private final Map<String, List<String>> createOnly;
  private final Map<String, String> references = new HashMap<>();

  Stack(JsonNode translated, Map<String, String> parameters, Map<String, List<String>> createOnly) {
    this.translated = translated;
    this.parameters = parameters;
    this.createOnly = createOnly;
  }

  /** The same template with other values of its parameters. */
  Stack with(Map<String, String> others) {
    return new Stack(translated, others, createOnly);
  }

  /**
   * All resources, in the form of a template without parameters, conditions and functions.
   *
   * @throws IllegalStateException if one refers to a resource that the stack does not have
   */
  Template resources() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode resources = root.putObject("Resources");
    for (Map.Entry<String, JsonNode> resource : translated.path("Resources").properties()) {
      if (has(resource.getKey())) {
        resources.set(resource.getKey(), resolve(resource.getValue()));
      }
    }
    root.set("Outputs", resolve(outputs()));
    return new Template(root);
  }

  private ObjectNode outputs() {
    ObjectNode outputs = translated.path("Outputs").deepCopy();
    List.copyOf(outputs.properties()).stream()
        .filter(it -> it.getValue().has("Condition"))
        .filter(it -> !holds(it.getValue().path("Condition").asText()))
        .forEach(it -> outputs.remove(it.getKey()));
    return outputs;
  }

  private boolean has(String logicalId) {
    JsonNode resource = translated.path("Resources").path(logicalId);
    return !resource.isMissingNode()
        && (!resource.has("Condition") || holds(resource.path("Condition").asText()));
  }

  private JsonNode resolve(JsonNode node) {
    if (node.isArray()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      node.forEach(it -> addIfThere(list, resolve(it)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    String first = node.isEmpty() ? "" : node.fieldNames().next();
    if (node.size() == 1 && (first.equals("Ref") || first.startsWith("Fn::"))) {
      return intrinsic(first, node.path(first));
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = resolve(field.getValue());
      if (!value.isMissingNode()) {
        object.set(field.getKey(), value);
      }
    }
    return object;
  }

  private static void addIfThere(ArrayNode list, JsonNode it) {
    if (!it.isMissingNode()) {
      list.add(it);
    }
  }

  private JsonNode intrinsic(String name, JsonNode argument) {
    return switch (name) {
      case "Ref" -> ref(argument.asText());
      case "Fn::GetAtt" ->
          TextNode.valueOf(reference(argument.path(0).asText()) + "." + argument.path(1).asText());
      case "Fn::Sub" -> TextNode.valueOf(substitute(argument));
      case "Fn::If" -> resolve(argument.path(holds(argument.path(0).asText()) ? 1 : 2));
      case "Fn::Join" ->
          TextNode.valueOf(
              String.join(
                  argument.path(0).asText(),
                  StreamSupport.stream(resolve(argument.path(1)).spliterator(), false)
                      .map(JsonNode::asText)
                      .toList()));
      case "Fn::Split" -> split(argument);
      default -> throw new IllegalStateException("unknown function " + name);
    };
  }

  private JsonNode split(JsonNode argument) {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    String separator = Pattern.quote(argument.path(0).asText());
    for (String part : resolve(argument.path(1)).asText().split(separator, -1)) {
      parts.add(part);
    }
    return parts;
  }

  private JsonNode ref(String name) {
    return name.equals("AWS::NoValue") ? MissingNode.getInstance() : TextNode.valueOf(text(name));
  }

  private String text(String name) {
    String pseudo = PSEUDO.get(name);
    if (pseudo != null) {
      return pseudo;
    }
    JsonNode parameter = translated.path("Parameters").path(name);
    if (parameter.isMissingNode()) {
      return reference(name);
    }
    String given = parameters.get(name);
    if (given == null && !parameter.has("Default")) {
      throw new IllegalStateException("no value for the parameter " + name);
    }
    return given == null ? parameter.path("Default").asText() : given;
  }

  private String substitute(JsonNode argument) {
    JsonNode names = argument.path(1);
    return VARIABLE
        .matcher(argument.isArray() ? argument.path(0).asText() : argument.asText())
        .replaceAll(
            found -> {
              String[] words = found.group(1).split("\\.", 2);
              String value =
                  names.has(words[0])
                      ? resolve(names.path(words[0])).asText()
                      : words.length == 1 ? text(words[0]) : reference(words[0]) + "." + words[1];
              return Matcher.quoteReplacement(value);
            });
  }

  private String reference(String logicalId) {
    if (!has(logicalId)) {
      throw new IllegalStateException("refers to " + logicalId + ", which is not in the stack");
    }
    String known = references.get(logicalId);
    if (known == null) {
      known = logicalId + "#" + Integer.toHexString(Objects.hash(identity(logicalId)));
      references.put(logicalId, known);
    }
    return known;
  }

  private List<JsonNode> identity(String logicalId) {
    JsonNode resource = translated.path("Resources").path(logicalId);
    List<JsonNode> values = new ArrayList<>();
    for (String property : createOnly.getOrDefault(resource.path("Type").asText(), List.of())) {
      values.add(resolve(resource.path("Properties").path(property)));
    }
    return values;
  }

  private boolean holds(String condition) {
    JsonNode definition = translated.path("Conditions").path(condition);
    if (definition.isMissingNode()) {
      throw new IllegalStateException("no condition " + condition);
    }
    return test(definition);
  }

  private boolean test(JsonNode definition) {
    String name = definition.fieldNames().next();
    JsonNode argument = definition.path(name);
    return switch (name) {
      case "Condition" -> holds(argument.asText());
      case "Fn::Not" -> !test(argument.path(0));
      case "Fn::And" -> argument.valueStream().allMatch(this::test);
      case "Fn::Or" -> argument.valueStream().anyMatch(this::test);
      case "Fn::Equals" -> resolve(argument.path(0)).equals(resolve(argument.path(1)));
      default -> throw new IllegalStateException("unknown condition " + name);
    };
  }
}
