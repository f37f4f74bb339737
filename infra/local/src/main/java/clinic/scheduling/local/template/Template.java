package clinic.scheduling.local.template;

import clinic.scheduling.local.template.Deployment.QueueSource;
import clinic.scheduling.local.template.Deployment.QueueSpec;
import clinic.scheduling.local.template.Deployment.Route;
import clinic.scheduling.local.template.Deployment.ScheduleSpec;
import clinic.scheduling.local.template.Deployment.TableSpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** Reads the parts of {@code template.yaml} (AWS SAM) that the local run needs. */
public final class Template {
  private final Resources resources;
  private final List<Route> routes = new ArrayList<>();
  private final List<QueueSource> sources = new ArrayList<>();
  private final List<ScheduleSpec> schedules = new ArrayList<>();

  private Template(Resources resources) {
    this.resources = resources;
  }

  /**
   * Reads a template.
   *
   * @param parameters values of parameters, in place of their defaults
   * @param fallbacks values of parameters that {@code parameters} does not have, in place of their
   *     defaults
   * @throws TemplateException for an unknown parameter, intrinsic or event
   * @throws IOException if the file cannot be read
   */
  public static Deployment read(
      Path file, Map<String, String> parameters, Map<String, String> fallbacks) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Object yaml = new Yaml(new CloudFormationYaml()).load(reader);
      JsonNode root = new ObjectMapper().valueToTree(yaml);
      refuseUnknown(root, parameters);
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
      return new Template(new Resources(root, new Intrinsics(root, parameters, fallbacks), folder))
          .deployment();
    }
  }

  private Deployment deployment() {
    resources.ofType("AWS::Serverless::Function").forEach(this::events);
    Apis apis = new Apis(resources);
    return new Deployment(
        resources.ofType("AWS::Serverless::Function").map(resources::function).toList(),
        apis.open(routes),
        apis.signedIn(),
        resources.ofType("AWS::SQS::Queue").map(this::queue).toList(),
        List.copyOf(sources),
        List.copyOf(schedules),
        resources.ofType("AWS::DynamoDB::Table").map(this::table).toList());
  }

  private static void refuseUnknown(JsonNode root, Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!root.path("Parameters").has(name)) {
        throw new TemplateException("The template has no parameter " + name);
      }
    }
  }

  private void events(Resource function) {
    for (Map.Entry<String, JsonNode> event : function.at("Events").properties()) {
      Resource properties = resources.nested(event.getKey(), event.getValue());
      switch (event.getValue().path("Type").asText()) {
        case "HttpApi" -> routes.add(route(function.id(), properties));
        case "SQS" -> sources.add(source(function.id(), properties));
        case "Schedule", "ScheduleV2" -> schedules.add(schedule(function.id(), properties));
        default ->
            throw new TemplateException(
                "%s: the local run knows no event of type %s"
                    .formatted(function.id(), event.getValue().path("Type").asText()));
      }
    }
  }

  private static Route route(String function, Resource event) {
    String path = event.text("Path").orElse("$default");
    String method = event.text("Method").orElse("ANY").toUpperCase(Locale.ROOT);
    return new Route(
        method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : method, path, function);
  }

  private static QueueSource source(String function, Resource event) {
    String arn = event.text("Queue").orElseThrow(() -> event.missing("Queue"));
    return new QueueSource(
        function,
        arn.substring(arn.lastIndexOf(':') + 1),
        event.number("BatchSize").orElse(10),
        event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
        event.number("ScalingConfig", "MaximumConcurrency").orElse(5));
  }

  private static ScheduleSpec schedule(String function, Resource event) {
    String expression =
        event
            .text("ScheduleExpression")
            .or(() -> event.text("Schedule"))
            .orElseThrow(() -> event.missing("ScheduleExpression"));
    String name = event.text("Name").orElse(event.id()).toLowerCase(Locale.ROOT);
    return new ScheduleSpec(name, function, expression, event.text("Input").orElse("{}"));
  }

  private QueueSpec queue(Resource queue) {
    Map<String, String> attributes = new TreeMap<>();
    for (String name :
        List.of(
            "VisibilityTimeout",
            "MessageRetentionPeriod",
            "DelaySeconds",
            "ReceiveMessageWaitTimeSeconds",
            "FifoQueue",
            "ContentBasedDeduplication")) {
      queue.text(name).ifPresent(value -> attributes.put(name, value));
    }
    JsonNode redrive = queue.at("RedrivePolicy");
    Optional<String> deadLetters =
        redrive.isMissingNode()
            ? Optional.empty()
            : Optional.of(redrive.path("deadLetterTargetArn").asText());
    if (deadLetters.isPresent()) {
      attributes.put("RedrivePolicy", redrive.toString());
    }
    return new QueueSpec(
        queue.text("QueueName").orElse(queue.id()),
        Map.copyOf(attributes),
        deadLetters.map(arn -> arn.substring(arn.lastIndexOf(':') + 1)));
  }

  private TableSpec table(Resource table) {
    List<TableSpec.Key> keys = new ArrayList<>();
    for (JsonNode key : table.at("KeySchema")) {
      String name = key.path("AttributeName").asText();
      keys.add(new TableSpec.Key(name, attributeType(table, name), key.path("KeyType").asText()));
    }
    return new TableSpec(
        table.text("TableName").orElse(table.id()),
        List.copyOf(keys),
        table.text("TimeToLiveSpecification", "AttributeName"));
  }

  private static String attributeType(Resource table, String name) {
    return table
        .at("AttributeDefinitions")
        .valueStream()
        .filter(attribute -> attribute.path("AttributeName").asText().equals(name))
        .map(attribute -> attribute.path("AttributeType").asText())
        .findFirst()
        .orElseThrow(() -> table.missing("AttributeDefinitions for " + name));
  }
}
