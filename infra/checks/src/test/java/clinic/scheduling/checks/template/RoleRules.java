package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function's role allows the actions that the function needs, on the resources that it needs, and
 * nothing else.
 */
final class RoleRules {
  private static final String FIND_SLOTS = "/Resources/FindSlotsRole/Properties";
  private static final String FIRST = FIND_SLOTS + "/Policies/0/PolicyDocument/Statement/0";
  private static final String SECRETS = FIND_SLOTS + "/Policies/0/PolicyDocument/Statement/1";
  private static final String KEYS = "/Resources/FindSlots/Properties/Environment/Variables";
  private static final String INTAKE_KEYS =
      "/Resources/ReceiveCanvasNotice/Properties/Environment/Variables";

  /**
   * Send messages to their own queues: SyncCalendars, one for each appointment of a patient;
   * MirrorMeetings, one for the work that it had no time for.
   */
  private static final Set<String> SPREAD = Set.of("SyncCalendars", "MirrorMeetings");

  private RoleRules() {}

  static List<Rule> all() {
    return List.of(
        that(
            "every function has a role of its own that only Lambda can take",
            RoleRules::ownRoles,
            t -> t.edit("FindSlots").remove("Role"),
            t -> t.edit("FindSlots").set("Role", t.properties("SendMessage").path("Role")),
            t -> t.editAt(FIND_SLOTS).putArray("ManagedPolicyArns").add("x"),
            t ->
                t.editAt(FIND_SLOTS + "/AssumeRolePolicyDocument/Statement/0/Principal")
                    .put("Service", "ec2.amazonaws.com")),
        that(
            "no role names all actions or all resources",
            RoleRules::noWildcards,
            t -> t.editAt(FIRST).put("Resource", "*"),
            t -> t.editAt(FIRST).putArray("Resource").add("arn:aws:sqs:*:*:*"),
            t -> t.editAt(FIRST).put("Action", "dynamodb:*"),
            t -> t.editAt(FIRST).putArray("Action").add("s3:Get*"),
            t -> t.editAt(FIRST).remove("Resource"),
            t -> t.editAt(FIRST).put("NotResource", "arn:aws:sns:*:*:*")),
        that(
            "whoever replays dead letters may use exactly the queues that it replays",
            RoleRules::replays,
            t -> t.editAt("/Resources").remove("ReplayDeadLetters"),
            t ->
                t.editAt("/Resources/ReplayDeadLetters/Properties/PolicyDocument/Statement/0")
                    .putArray("Resource")
                    .add("*")),
        that(
            "whoever operates the stack writes nothing but the practice document",
            RoleRules::operates,
            t -> t.editAt("/Resources").remove("Operate"),
            t ->
                t.editAt("/Resources/Operate/Properties/PolicyDocument/Statement/5")
                    .remove("Condition"),
            t ->
                t.editAt("/Resources/Operate/Properties/PolicyDocument/Statement/0")
                    .put("Action", "dynamodb:DeleteItem")),
        that(
            "secrets are references, and a function reads exactly those it is given",
            RoleRules::secrets,
            t -> t.editAt(KEYS).put("CANVAS_CLIENT_SECRET", "in the clear"),
            t -> t.editAt(KEYS).remove("MANAGE_TOKEN_SECRETS"),
            t -> t.editAt(INTAKE_KEYS).put("WEBHOOK_BEARER_TOKENS", "in the clear"),
            t -> t.editAt(INTAKE_KEYS).remove("WEBHOOK_BEARER_TOKENS"),
            t -> ((ObjectNode) t.root().at(SECRETS)).putArray("Resource"),
            t -> t.editAt("/Parameters/WebhookSecretsArn").put("Default", "whsec_MDAw")),
        that(
            "a function reads and writes exactly the queues it is connected to",
            RoleRules::queues,
            t -> t.editAt(KEYS).putObject("QUEUE_X_URL").put("Ref", "PatientMessages"),
            t -> t.edit("SyncCalendars").remove("Events"),
            t -> t.edit("SyncCalendarsRole").remove("Policies"),
            t -> t.edit("BookAppointmentRole").remove("Policies"),
            t -> t.edit("RunUpkeep").remove("EventInvokeConfig")));
  }

  private static List<String> ownRoles(Template template) {
    List<String> wrong = new ArrayList<>();
    template
        .functions()
        .forEach(
            (id, it) -> {
              JsonNode role = template.properties(id + "Role");
              boolean own =
                  Template.refersTo(it.path("Role"), id + "Role")
                      && !it.has("Policies")
                      && !role.has("ManagedPolicyArns")
                      && role.at("/AssumeRolePolicyDocument/Statement/0/Principal")
                          .toString()
                          .equals("{\"Service\":\"lambda.amazonaws.com\"}");
              if (!own) {
                wrong.add(id);
              }
            });
    return wrong;
  }

  private static List<String> noWildcards(Template template) {
    return template.ofType("AWS::IAM::Role").keySet().stream()
        .flatMap(role -> template.statements(role).filter(RoleRules::tooWide).map(it -> role + it))
        .toList();
  }

  /**
   * A telephone number has no ARN. So the statement for text messages excludes all topics ({@code
   * NotResource}) instead of naming a resource.
   */
  private static boolean tooWide(JsonNode statement) {
    boolean sms =
        statement.path("Action").toString().equals("\"sns:Publish\"")
            && statement.at("/NotResource/Fn::Sub").asText().endsWith(":sns:*:*:*");
    boolean actions = texts(statement.path("Action")).anyMatch(action -> action.contains("*"));
    boolean resources =
        each(statement.path("Resource")).anyMatch(it -> it.toString().contains("*"));
    boolean unnamed = statement.has("NotResource") || !statement.has("Resource");
    return actions || resources || (unnamed && !sms) || statement.has("NotAction");
  }

  private static List<String> replays(Template template) {
    Set<String> replayed =
        template.events("SQS").values().stream()
            .map(event -> event.at("/Queue/Fn::GetAtt/0").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> named =
        template
            .properties("ReplayDeadLetters")
            .at("/PolicyDocument/Statement")
            .valueStream()
            .filter(it -> texts(it.path("Action")).anyMatch("sqs:SendMessage"::equals))
            .flatMap(it -> each(it.path("Resource")))
            .map(it -> it.at("/Fn::GetAtt/0").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> wanted = new TreeSet<>(replayed);
    replayed.forEach(queue -> wanted.add(queue + "DeadLetters"));
    return named.equals(wanted) ? List.of() : List.of("ReplayDeadLetters names " + named);
  }

  private static List<String> operates(Template template) {
    List<String> writes =
        template
            .properties("Operate")
            .at("/PolicyDocument/Statement")
            .valueStream()
            .filter(
                it ->
                    texts(it.path("Action"))
                        .anyMatch(action -> action.matches("dynamodb:(Put|Update|Delete|Batch).*")))
            .map(it -> it.at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys").toString())
            .toList();
    return writes.equals(List.of("[\"practice#*\"]")) ? List.of() : List.of("writes " + writes);
  }

  private static List<String> secrets(Template template) {
    List<String> wrong = new ArrayList<>();
    template
        .functions()
        .forEach(
            (id, it) -> {
              Set<String> given = new TreeSet<>();
              it.at("/Environment/Variables").properties().stream()
                  .filter(key -> key.getKey().matches(".*(SECRETS?|TOKENS|SERVICE_ACCOUNT)"))
                  .forEach(key -> given.add(wanted(key.getValue()).path("Ref").asText()));
              Set<String> readable = named(template, id, "secretsmanager:GetSecretValue");
              boolean references =
                  given.stream()
                      .allMatch(
                          name ->
                              name.endsWith("Arn")
                                  && template
                                      .root()
                                      .path("Parameters")
                                      .path(name)
                                      .path("Default")
                                      .asText()
                                      .isEmpty());
              if (!references || !given.equals(readable)) {
                wrong.add(id + " is given " + given + " and reads " + readable);
              }
            });
    return wrong;
  }

  private static List<String> queues(Template template) {
    List<String> wrong = new ArrayList<>();
    template
        .functions()
        .forEach(
            (id, it) -> {
              Set<String> known =
                  it.at("/Environment/Variables").properties().stream()
                      .filter(key -> key.getKey().startsWith("QUEUE_"))
                      .map(key -> key.getValue().path("Ref").asText())
                      .collect(Collectors.toCollection(TreeSet::new));
              Set<String> takes =
                  template.events("SQS").entrySet().stream()
                      .filter(event -> event.getKey().startsWith(id + "."))
                      .map(Map.Entry::getValue)
                      .map(event -> event.at("/Queue/Fn::GetAtt/0").asText())
                      .collect(Collectors.toCollection(TreeSet::new));
              // A consumer has the URL of its own queue in order to delay messages, not to send
              // any.
              Set<String> sends = new TreeSet<>(known);
              if (!SPREAD.contains(id)) {
                sends.removeAll(takes);
              }
              String onFailure = "/EventInvokeConfig/DestinationConfig/OnFailure/Destination";
              String failures = it.at(onFailure + "/Fn::GetAtt/0").asText();
              if (!failures.isEmpty()) {
                sends.add(failures);
              }
              if (!sends.equals(named(template, id, "sqs:SendMessage"))
                  || !takes.equals(named(template, id, "sqs:ReceiveMessage"))) {
                wrong.add(id + " sends to " + sends + " and takes from " + takes);
              }
            });
    return wrong;
  }

  /** The logical ids of the resources on which a function's role allows the action. */
  private static Set<String> named(Template template, String function, String action) {
    return template
        .statements(function + "Role")
        .filter(statement -> texts(statement.path("Action")).anyMatch(action::equals))
        .flatMap(statement -> each(statement.path("Resource")))
        .map(RoleRules::wanted)
        .map(it -> it.path("Ref").asText() + it.path("Fn::GetAtt").path(0).asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The value of an {@code Fn::If} if its condition holds; any other node unchanged. */
  private static JsonNode wanted(JsonNode node) {
    return node.has("Fn::If") ? node.at("/Fn::If/1") : node;
  }

  private static Stream<String> texts(JsonNode oneOrMore) {
    return each(oneOrMore).map(JsonNode::asText);
  }

  private static Stream<JsonNode> each(JsonNode oneOrMore) {
    return oneOrMore.isArray() ? oneOrMore.valueStream() : Stream.of(oneOrMore);
  }
}
