package clinic.scheduling.checks.template;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.checks.Repository;
import clinic.scheduling.checks.template.SamTranslator.Deployment;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What AWS makes of the template keeps the same promises as the template. */
@DisplayName("The translated template, skipped without SAM_TRANSLATOR_PYTHON")
class TranslatedTemplateTest {
  private static final Template TEMPLATE =
      packaged(Template.parse(Repository.text("template.yaml")));

  /** A value for each parameter that has no default. */
  private static final Map<String, String> GIVEN =
      Map.ofEntries(
          Map.entry("PublicUrl", "https://api.example.org"),
          Map.entry("CanvasFhirUrl", "https://fumage-example.canvasmedical.com"),
          Map.entry("CanvasAuthUrl", "https://example.canvasmedical.com/auth/token/"),
          Map.entry("CanvasClientId", "client"),
          Map.entry("GraphTokenUrl", "https://login.microsoftonline.com/t/oauth2/v2.0/token"),
          Map.entry("GraphClientId", "application"),
          Map.entry("SesIdentity", "example.org"),
          Map.entry("CanvasClientSecretArn", "arn:canvas"),
          Map.entry("GraphClientSecretArn", "arn:graph"),
          Map.entry("GoogleServiceAccountArn", "arn:google"),
          Map.entry("WebhookSecretsArn", "arn:webhooks"),
          Map.entry("ManageTokenSecretsArn", "arn:tokens"));

  /** A value for each parameter that a condition reads, other than its default. */
  private static final Map<String, String> OTHER =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("CorsOrigins", "https://a.example.org,https://b.example.org"),
              Map.entry("SiteUrl", "https://book.example.org"),
              Map.entry("JwtIssuer", "https://issuer.example.org"),
              Map.entry("Packaging", "java"),
              Map.entry("SnapStart", "off"),
              Map.entry("SecretsKeyArn", "arn:key"),
              Map.entry("WebhookBearerTokensArn", "arn:bearer"),
              Map.entry("AlarmTopicArn", "arn:topic"),
              Map.entry("AlarmEmail", "alarms@example.org"),
              Map.entry("GraphClientSecretArn", ""),
              Map.entry("GoogleServiceAccountArn", ""),
              Map.entry("Tracing", "on"),
              Map.entry("ReservedNotices", "50"),
              Map.entry("DomainName", "api.example.org"),
              Map.entry("QueuePrefix", "clinic-two-")));

  private static final Set<String> NOT_PUBLISHED = Set.of("Tags", "ReservedConcurrentExecutions");
  private static final List<String> NAMES =
      List.of("QueueName", "TopicName", "LogGroupName", "AlarmName", "DashboardName", "TableName");
  private static SamTranslator sam;
  private static Stack usual;

  @BeforeAll
  static void translate() {
    sam = SamTranslator.orSkip();
    usual = deploy(TEMPLATE, GIVEN);
  }

  @Test
  void theTemplateHasNoFindingsOfTheLinter() {
    assertThat(sam.lint()).isEmpty();
  }

  @Test
  void everyParameterThatAConditionReadsIsSwitched() {
    Set<String> read = new TreeSet<>();
    TEMPLATE.root().path("Conditions").findValuesAsText("Ref").forEach(read::add);

    assertThat(OTHER.keySet()).isEqualTo(read);
  }

  /** A reference to a resource that is not there would stop the deployment. */
  @Test
  void noCombinationOfConditionsRefersToWhatItDoesNotHave() {
    for (Map<String, String> parameters : combinations()) {
      assertThat(usual.with(parameters).resources().root().path("Resources").size())
          .as("%s", parameters)
          .isGreaterThan(100);
    }
  }

  /** So one translation stands for all combinations. Only the origins are put in by SAM itself. */
  @Test
  void theTranslationDependsOnNoConditionThatIsTestedLater() {
    List<Deployment> all = new ArrayList<>();
    OTHER.forEach((name, value) -> all.add(new Deployment(TEMPLATE, with(Map.of(name, value)))));
    all.add(new Deployment(TEMPLATE, with(OTHER)));
    Stack withOrigins =
        deploy(TEMPLATE, with(Map.of("CorsOrigins", OTHER.getOrDefault("CorsOrigins", ""))));

    List<Stack> stacks = sam.deploy(all);

    for (int i = 0; i < all.size(); i++) {
      Map<String, String> parameters = all.get(i).parameters();
      Stack one = parameters.containsKey("CorsOrigins") ? withOrigins : usual;
      assertThat(stacks.get(i).resources())
          .as("%s", parameters)
          .isEqualTo(one.with(parameters).resources());
    }
  }

  @Test
  void whatHasANameIsNamedByItsStack() {
    List<String> names = new ArrayList<>();
    usual
        .resources()
        .root()
        .path("Resources")
        .forEach(
            resource -> NAMES.forEach(it -> names.addAll(textAt(resource.path("Properties"), it))));
    names.removeIf(name -> name.contains("#")); // a reference to another resource

    assertThat(names)
        .hasSizeGreaterThan(60)
        .allSatisfy(name -> assertThat(name).contains("clinic"));
  }

  private static List<String> textAt(JsonNode properties, String name) {
    return properties.has(name) ? List.of(properties.path(name).asText()) : List.of();
  }

  @Test
  void unlessItIsAskedForNoConcurrencyIsReserved() {
    Template reserved = usual.with(with(Map.of("ReservedNotices", "50"))).resources();

    assertThat(usual.resources().properties("ReceiveCanvasNotice").fieldNames())
        .toIterable()
        .doesNotContain("ReservedConcurrentExecutions");
    assertThat(
            reserved.properties("ReceiveCanvasNotice").path("ReservedConcurrentExecutions").asInt())
        .isEqualTo(50);
  }

  @Test
  void theApiAllowsTheOriginsThatAreGivenAndNoOther() {
    List<Stack> stacks =
        sam.deploy(
            List.of(
                new Deployment(TEMPLATE, GIVEN),
                new Deployment(
                    TEMPLATE,
                    with(Map.of("CorsOrigins", "https://a.example.org,https://b.example.org")))));

    JsonNode cors =
        stacks.get(1).resources().properties("Api").at("/Body/x-amazon-apigateway-cors");
    assertThat(cors.path("allowOrigins").valueStream().map(JsonNode::asText))
        .containsExactly("https://a.example.org", "https://b.example.org");
    assertThat(cors.path("allowMethods").valueStream().map(JsonNode::asText))
        .containsExactly("GET", "POST", "DELETE");
    assertThat(cors.path("allowHeaders").toString()).contains("idempotency-key");
    assertThat(cors.path("exposeHeaders").toString()).contains("retry-after");
    assertThat(cors.path("maxAge").asInt()).isEqualTo(600);
    assertThat(stacks.get(0).resources().properties("Api").path("Body").fieldNames())
        .toIterable()
        .doesNotContain("x-amazon-apigateway-cors");
  }

  @Test
  void aGradualDeploymentGoesBackWhenAFunctionFails() {
    Template gradual =
        deploy(TEMPLATE, with(Map.of("Rollout", "Canary10Percent5Minutes"))).resources();

    assertThat(gradual.ofType("AWS::CodeDeploy::DeploymentGroup")).hasSize(8);
    assertThat(gradual.ofType("AWS::CodeDeploy::DeploymentGroup").values())
        .allSatisfy(
            group -> {
              assertThat(group.at("/AutoRollbackConfiguration/Events").toString())
                  .contains("DEPLOYMENT_STOP_ON_ALARM");
              assertThat(group.at("/AlarmConfiguration/Alarms")).hasSize(8);
            });
    assertThat(usual.resources().ofType("AWS::CodeDeploy::DeploymentGroup")).isEmpty();
  }

  @Test
  void withADomainTheAddressOfApiGatewayDoesNotAnswer() {
    Template withDomain = usual.with(with(Map.of("DomainName", "api.example.org"))).resources();

    assertThat(withDomain.properties("Api").toString())
        .contains("\"disableExecuteApiEndpoint\":true");
    assertThat(withDomain.properties("DomainOfApi").path("ApiId").asText()).startsWith("Api#");
    assertThat(usual.resources().properties("Api").toString())
        .contains("\"disableExecuteApiEndpoint\":false");
  }

  @Test
  void aDeploymentOfTheSamePublishesNothing() {
    assertThat(versions(deploy(TEMPLATE, GIVEN))).isEqualTo(versions(usual));
  }

  /**
   * Everybody calls the alias live. If it stayed at the version before, the functions would go on
   * with the former values, and the deployment would report success all the same.
   */
  @Test
  void everyParameterWithAnotherValueReachesEveryFunction() {
    List<Deployment> changed = new ArrayList<>();
    for (String name : parameters()) {
      changed.add(new Deployment(TEMPLATE, with(Map.of(name, another(name)))));
    }

    List<Stack> after = sam.deploy(changed);

    for (int i = 0; i < changed.size(); i++) {
      assertThat(stale(usual, after.get(i))).as(parameters().get(i)).isEmpty();
      assertThat(versions(after.get(i)).values())
          .as(parameters().get(i))
          .doesNotContainAnyElementsOf(versions(usual).values());
    }
  }

  private static Stream<Consumer<Template>> changes() {
    return Stream.of(
        t -> t.edit("FindSlots").put("CodeUri", "s3://code/another"),
        t -> t.edit("BookAppointment").put("Timeout", 27),
        t -> t.editAt("/Globals/Function").put("MemorySize", 768),
        t -> t.editAt("/Globals/Function").put("Runtime", "java21"),
        t -> t.editAt("/Globals/Function/Environment/Variables").put("NEW", "1"),
        t ->
            t.editAt("/Resources/MirrorMeetings/Properties/Environment/Variables")
                .put("LEASE_SECONDS", "160"),
        t -> t.edit("AppointmentChanges").put("QueueName", "renamed"),
        t -> t.edit("Table").put("TableName", "renamed"));
  }

  /** The last two change no function, only what a function is told about another resource. */
  @Test
  void everyChangeOfTheTemplateOrTheCodeReachesItsFunction() {
    for (Stack after : sam.deploy(changes().map(change -> changed(change)).toList())) {
      assertThat(stale(usual, after)).isEmpty();
      assertThat(versions(after)).isNotEqualTo(versions(usual));
    }
  }

  private static Stream<Consumer<Template>> breakages() {
    return Stream.of(
        t -> t.edit("SendMessage").remove("VersionDescription"),
        t -> t.edit("Settings").put("Content", "nothing"),
        t -> t.editAt("/Globals/Function/Environment/Variables").remove("SETTINGS_VERSION"));
  }

  @Test
  void aVersionThatWouldBeMissingIsSeen() {
    for (Stack before : sam.deploy(breakages().map(breakage -> changed(breakage)).toList())) {
      Stack after = before.with(with(Map.of("PublicUrl", "https://other.example.org")));

      assertThat(stale(before, after)).isNotEmpty();
    }
  }

  private static Deployment changed(Consumer<Template> change) {
    Template changed = TEMPLATE.copy();
    change.accept(changed);
    return new Deployment(changed, GIVEN);
  }

  /**
   * Functions that would differ from what is published of them. Lambda also refuses to publish a
   * version that does not differ from the one before, and the deployment would fail.
   */
  private static List<String> stale(Stack before, Stack after) {
    Map<String, JsonNode> then = published(before);
    Map<String, String> versions = versions(before);
    List<String> wrong = new ArrayList<>();
    published(after)
        .forEach(
            (function, now) -> {
              boolean differs = !now.equals(then.get(function));
              boolean isPublished = !versions(after).get(function).equals(versions.get(function));
              if (differs != isPublished) {
                wrong.add(function + (differs ? " stays as it was" : " cannot be published"));
              }
            });
    return wrong;
  }

  /** What a version keeps of each function. */
  private static Map<String, JsonNode> published(Stack stack) {
    Map<String, JsonNode> functions = stack.resources().ofType("AWS::Lambda::Function");
    functions
        .values()
        .forEach(it -> ((com.fasterxml.jackson.databind.node.ObjectNode) it).remove(NOT_PUBLISHED));
    return functions;
  }

  /** The version to which the alias of each function leads. */
  private static Map<String, String> versions(Stack stack) {
    Map<String, String> versions = new TreeMap<>();
    stack
        .resources()
        .ofType("AWS::Lambda::Alias")
        .forEach(
            (id, it) ->
                versions.put(id.replace("Aliaslive", ""), it.path("FunctionVersion").asText()));
    return versions;
  }

  private static Stack deploy(Template template, Map<String, String> parameters) {
    return sam.deploy(List.of(new Deployment(template, parameters))).get(0);
  }

  private static List<String> parameters() {
    List<String> names = new ArrayList<>();
    TEMPLATE.root().path("Parameters").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String another(String parameter) {
    JsonNode definition = TEMPLATE.root().path("Parameters").path(parameter);
    String usual = GIVEN.getOrDefault(parameter, definition.path("Default").asText());
    return definition
        .path("AllowedValues")
        .valueStream()
        .map(JsonNode::asText)
        .filter(value -> !value.equals(usual))
        .findFirst()
        .orElse(usual + (definition.path("Type").asText().equals("Number") ? "1" : "x"));
  }

  private static Map<String, String> with(Map<String, String> others) {
    Map<String, String> parameters = new HashMap<>(GIVEN);
    parameters.putAll(others);
    return parameters;
  }

  /** All combinations of the values that a condition tells apart. */
  private static List<Map<String, String>> combinations() {
    List<Map<String, String>> all = new ArrayList<>(List.of(GIVEN));
    OTHER.forEach(
        (name, value) -> {
          for (Map<String, String> one : List.copyOf(all)) {
            Map<String, String> other = new HashMap<>(one);
            other.put(name, value);
            all.add(other);
          }
        });
    return all;
  }

  /** As {@code sam deploy} hands it on: the code lies in a bucket, under the digest of the file. */
  private static Template packaged(Template template) {
    Template copy = template.copy();
    for (String function : copy.functions().keySet()) {
      copy.edit(function).set("CodeUri", TextNode.valueOf("s3://code/" + function));
    }
    return copy;
  }
}
