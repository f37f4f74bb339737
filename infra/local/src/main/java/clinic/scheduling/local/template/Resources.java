package clinic.scheduling.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources of a template, merged with SAM's {@code Globals}. */
final class Resources {
  private final JsonNode root;
  private final Intrinsics intrinsics;
  private final Path folder;

  Resources(JsonNode root, Intrinsics intrinsics, Path folder) {
    this.root = root;
    this.intrinsics = intrinsics;
    this.folder = folder;
  }

  Stream<Resource> ofType(String type) {
    return root.path("Resources").properties().stream()
        .filter(resource -> resource.getValue().path("Type").asText().equals(type))
        .filter(resource -> intrinsics.applies(resource.getValue()))
        .map(resource -> nested(resource.getKey(), resource.getValue()));
  }

  Resource nested(String id, JsonNode node) {
    return new Resource(id, node.path("Properties"), intrinsics);
  }

  FunctionSpec function(Resource function) {
    Resource globals =
        new Resource(function.id(), root.path("Globals").path("Function"), intrinsics);
    Map<String, EnvironmentValue> environment = new LinkedHashMap<>();
    environment(globals, environment);
    environment(function, environment);
    String zip =
        either(function, globals, "CodeUri").orElseThrow(() -> function.missing("CodeUri"));
    return new FunctionSpec(
        function.id(),
        folder.resolve(zip).normalize(),
        either(function, globals, "Handler").orElse(""),
        function.number("Timeout").or(() -> globals.number("Timeout")).orElse(3),
        function.number("MemorySize").or(() -> globals.number("MemorySize")).orElse(128),
        Map.copyOf(environment));
  }

  private static Optional<String> either(Resource first, Resource second, String property) {
    return first.text(property).or(() -> second.text(property));
  }

  private void environment(Resource source, Map<String, EnvironmentValue> environment) {
    source
        .properties()
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(key -> environment.put(key.getKey(), value(key.getValue())));
  }

  private EnvironmentValue value(JsonNode node) {
    String ref = node.path("Ref").asText();
    JsonNode target = root.path("Resources").path(ref);
    if (target.path("Type").asText().equals("AWS::SQS::Queue")) {
      return new EnvironmentValue.QueueUrl(intrinsics.resolve(node).asText());
    }
    try {
      String text = intrinsics.resolve(node).asText();
      return text.contains("{{resolve:")
          ? new EnvironmentValue.OnlyOnAws("it lies in AWS Secrets Manager or Parameter Store")
          : new EnvironmentValue.Literal(text);
    } catch (TemplateException e) {
      return new EnvironmentValue.OnlyOnAws(String.valueOf(e.getMessage()));
    }
  }
}
