package clinic.scheduling.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.local.template.Deployment.Cors;
import clinic.scheduling.local.template.Deployment.QueueSource;
import clinic.scheduling.local.template.Deployment.Route;
import clinic.scheduling.local.template.Deployment.ScheduleSpec;
import clinic.scheduling.local.template.Deployment.TableSpec;
import clinic.scheduling.local.template.EnvironmentValue.Literal;
import clinic.scheduling.local.template.EnvironmentValue.OnlyOnAws;
import clinic.scheduling.local.template.EnvironmentValue.QueueUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local run has exactly what the template deploys. */
class TemplateTest {
  private static final Path FILE = Path.of("src/test/resources/template.yaml");
  private static final Map<String, String> ORIGINS =
      Map.of("Origins", "http://a.example.invalid,http://b.example.invalid");
  @TempDir Path folder;

  @Test
  void aFunctionHasItsOwnPropertiesAndTheGlobalOnes() throws Exception {
    FunctionSpec function = read(Map.of()).function("Answer");

    assertThat(function.zip())
        .isEqualTo(FILE.resolveSibling("deploy/function.zip").toAbsolutePath());
    assertThat(function.timeoutSeconds()).isEqualTo(20);
    assertThat(function.memoryMegabytes()).isEqualTo(512);
    assertThat(function.handler()).endsWith("TestFunction::handleRequest");
    assertThat(function.environment())
        .containsEntry("SHARED", new Literal("yes"))
        .containsEntry("CHANGES_URL", new QueueUrl("changes"))
        .containsEntry("TABLE_NAME", new Literal("Table"))
        .containsEntry("JOINED", new Literal("a-us-east-1-b"))
        .containsEntry("LITERAL_DOLLAR", new Literal("${kept}"))
        .hasEntrySatisfying("SECRET", value -> assertThat(value).isInstanceOf(OnlyOnAws.class))
        .hasEntrySatisfying("VAULT", value -> assertThat(value).isInstanceOf(OnlyOnAws.class));
  }

  @Test
  void parametersCanBeOverridden() throws Exception {
    Deployment deployment = read(Map.of("Seconds", "2", "Prefix", "x-", "Packaging", "java"));

    assertThat(deployment.function("Answer").timeoutSeconds()).isEqualTo(2);
    assertThat(deployment.function("Answer").memoryMegabytes()).isEqualTo(1024);
    assertThat(deployment.queues())
        .extracting(Deployment.QueueSpec::name)
        .containsExactly("x-changes", "x-dead");
    assertThat(deployment.functions()).hasSize(2);
  }

  @Test
  void eventsBecomeRoutesSourcesAndSchedules() throws Exception {
    Deployment deployment = read(Map.of());

    assertThat(deployment.functions()).hasSize(1);
    assertThat(deployment.api().routes())
        .containsExactly(
            new Route("GET", "/things/{id}", "Answer"), new Route("ANY", "$default", "Answer"));
    assertThat(deployment.sources())
        .containsExactly(new QueueSource("Answer", "changes", 5, true, 2));
    assertThat(deployment.schedules())
        .containsExactly(new ScheduleSpec("reconcile", "Answer", "rate(1 day)", "{\"full\":true}"));
    assertThat(deployment.api().cors())
        .contains(
            new Cors(
                List.of("http://a.example.invalid", "http://b.example.invalid"),
                List.of("GET"),
                List.of("authorization"),
                List.of(),
                Optional.of(600),
                false));
  }

  @Test
  void queuesAndTablesKeepTheirRules() throws Exception {
    Deployment deployment = read(Map.of());

    var changes = deployment.queues().get(0);
    assertThat(changes.deadLetters()).contains("dead");
    assertThat(changes.attributes())
        .containsEntry("VisibilityTimeout", "60")
        .containsEntry(
            "RedrivePolicy",
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\","
                + "\"maxReceiveCount\":3}");
    assertThat(deployment.tables())
        .containsExactly(
            new TableSpec(
                "Table",
                List.of(
                    new TableSpec.Key("pk", "S", "HASH"), new TableSpec.Key("sk", "N", "RANGE")),
                Optional.of("expires")));
  }

  @Test
  void whatCannotBeFollowedIsNamed() throws Exception {
    assertThatThrownBy(() -> read(Map.of("Sekonds", "2"))).hasMessageContaining("Sekonds");
    assertThatThrownBy(() -> Template.read(FILE, Map.of(), Map.of()))
        .hasMessageContaining("--parameter Origins=value");
    assertRefused("Timeout: !ImportValue other", "Fn::ImportValue");
    assertRefused("Timeout: !Ref Nothing", "Nothing");
    assertRefused("Timeout: soon", "Timeout is not a whole number");
    assertRefused("Timeout: !If [Unsaid, 1, 2]", "Unsaid");
    assertRefused("Events: {E: {Type: S3, Properties: {}}}", "S3");
    assertRefused("Events: {E: {Type: SQS, Properties: {}}}", "E has no Queue");
  }

  private void assertRefused(String property, String why) throws Exception {
    Path file = folder.resolve("template.yaml");
    Files.writeString(
        file,
        "Resources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: f.zip, %s}}}"
            .formatted(property));
    assertThatThrownBy(() -> Template.read(file, Map.of(), Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(why);
  }

  private static Deployment read(Map<String, String> parameters) throws Exception {
    return Template.read(FILE, parameters, ORIGINS);
  }
}
