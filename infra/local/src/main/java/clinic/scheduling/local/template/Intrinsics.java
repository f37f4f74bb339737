package clinic.scheduling.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves {@code Ref}, {@code Fn::Sub}, {@code Fn::If} and other intrinsic functions. */
final class Intrinsics {
  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?[^}]+)}");
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::Region", REGION,
          "AWS::AccountId", ACCOUNT,
          "AWS::Partition", "aws",
          "AWS::URLSuffix", "amazonaws.com",
          "AWS::StackName", "local",
          "AWS::StackId", "local");
  private static final Set<String> NAME_PROPERTIES =
      Set.of("QueueName", "TableName", "FunctionName", "TopicName", "Name");

  private final JsonNode template;
  private final Map<String, String> parameters;
  private final Map<String, String> fallbacks;

  Intrinsics(JsonNode template, Map<String, String> parameters, Map<String, String> fallbacks) {
    this.template = template;
    this.parameters = parameters;
    this.fallbacks = fallbacks;
  }

  /** Resolves the intrinsic functions in a value; missing for {@code AWS::NoValue}. */
  JsonNode resolve(JsonNode node) {
    if (node.isArray()) {
      return resolveList(node);
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.size() == 1) {
      String key = node.fieldNames().next();
      if (key.equals("Ref") || key.startsWith("Fn::")) {
        return intrinsic(key, node.get(key));
      }
    }
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    node.properties()
        .forEach(
            field -> {
              JsonNode value = resolve(field.getValue());
              if (!value.isMissingNode()) {
                resolved.set(field.getKey(), value);
              }
            });
    return resolved;
  }

  private ArrayNode resolveList(JsonNode list) {
    ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : list) {
      JsonNode value = resolve(element);
      if (!value.isMissingNode()) {
        resolved.add(value);
      }
    }
    return resolved;
  }

  /** Whether the {@code Condition} of a resource holds; true if it has none. */
  boolean applies(JsonNode resource) {
    return !resource.has("Condition") || holds(resource.get("Condition").asText());
  }

  private JsonNode intrinsic(String name, JsonNode argument) {
    return switch (name) {
      case "Ref" -> ref(argument.asText());
      case "Fn::GetAtt" -> TextNode.valueOf(attribute(dotted(argument)));
      case "Fn::Sub" -> TextNode.valueOf(substitute(argument));
      case "Fn::If" -> resolve(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
      case "Fn::Join" -> TextNode.valueOf(join(argument));
      case "Fn::Select" -> resolve(argument.get(1)).path(argument.get(0).asInt());
      case "Fn::Split" -> split(argument);
      default ->
          throw new TemplateException(
              "The local run does not know the intrinsic " + name + " " + argument);
    };
  }

  private JsonNode ref(String name) {
    if (name.equals("AWS::NoValue")) {
      return MissingNode.getInstance();
    }
    String pseudo = PSEUDO.get(name);
    if (pseudo != null) {
      return TextNode.valueOf(pseudo);
    }
    JsonNode parameter = template.path("Parameters").path(name);
    if (!parameter.isMissingNode()) {
      return TextNode.valueOf(parameter(name, parameter));
    }
    return TextNode.valueOf(physicalName(name));
  }

  private String parameter(String name, JsonNode parameter) {
    String override = parameters.get(name);
    if (override != null) {
      return override;
    }
    String fallback = fallbacks.get(name);
    if (fallback != null) {
      return fallback;
    }
    if (!parameter.has("Default")) {
      throw new TemplateException(
          "The parameter %s has no default: give it with --parameter %s=value"
              .formatted(name, name));
    }
    return parameter.get("Default").asText();
  }

  private String physicalName(String logicalId) {
    JsonNode resource = template.path("Resources").path(logicalId);
    if (resource.isMissingNode()) {
      throw new TemplateException(
          "The template refers to " + logicalId + ", which is neither a parameter nor a resource");
    }
    for (String property : NAME_PROPERTIES) {
      JsonNode name = resource.path("Properties").path(property);
      if (!name.isMissingNode()) {
        return resolve(name).asText();
      }
    }
    return logicalId;
  }

  private String attribute(String dotted) {
    String logicalId = dotted.substring(0, dotted.indexOf('.'));
    String attribute = dotted.substring(dotted.indexOf('.') + 1);
    String type = template.path("Resources").path(logicalId).path("Type").asText();
    if (!attribute.equals("Arn")) {
      throw new TemplateException("The local run has no value for !GetAtt " + dotted);
    }
    String service = type.equals("AWS::SQS::Queue") ? "sqs" : "lambda";
    return String.join(":", "arn", "aws", service, REGION, ACCOUNT, physicalName(logicalId));
  }

  private String substitute(JsonNode argument) {
    JsonNode names = argument.isArray() ? argument.get(1) : MissingNode.getInstance();
    String text = argument.isArray() ? argument.get(0).asText() : argument.asText();
    return VARIABLE
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(value(m.group(1), names)));
  }

  private String value(String name, JsonNode names) {
    if (name.startsWith("!")) {
      return "${" + name.substring(1) + "}";
    }
    if (names.has(name)) {
      return resolve(names.get(name)).asText();
    }
    return name.contains(".") ? attribute(name) : ref(name).asText();
  }

  private String join(JsonNode argument) {
    StringBuilder joined = new StringBuilder();
    for (JsonNode part : resolve(argument.get(1))) {
      joined.append(joined.isEmpty() ? "" : argument.get(0).asText()).append(part.asText());
    }
    return joined.toString();
  }

  private JsonNode split(JsonNode argument) {
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    String separator = Pattern.quote(argument.get(0).asText());
    for (String part : resolve(argument.get(1)).asText().split(separator, -1)) {
      parts.add(part);
    }
    return parts;
  }

  private boolean holds(String condition) {
    JsonNode definition = template.path("Conditions").path(condition);
    if (definition.isMissingNode()) {
      throw new TemplateException("The template has no condition " + condition);
    }
    return test(definition);
  }

  private boolean test(JsonNode definition) {
    String name = definition.fieldNames().next();
    JsonNode argument = definition.get(name);
    return switch (name) {
      case "Condition" -> holds(argument.asText());
      case "Fn::Equals" ->
          resolve(argument.get(0)).asText().equals(resolve(argument.get(1)).asText());
      case "Fn::Not" -> !test(argument.get(0));
      case "Fn::And" -> argument.valueStream().allMatch(this::test);
      case "Fn::Or" -> argument.valueStream().anyMatch(this::test);
      default -> throw new TemplateException("The local run does not know the condition " + name);
    };
  }

  private static String dotted(JsonNode argument) {
    return argument.isArray()
        ? argument.get(0).asText() + "." + argument.get(1).asText()
        : argument.asText();
  }
}
