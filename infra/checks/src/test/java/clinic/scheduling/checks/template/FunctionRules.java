package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Each function is deployed on its own, as a native executable unless the parameters ask for Java.
 */
final class FunctionRules {
  private static final Map<String, String> MODULES =
      Map.of(
          "FindSlots", "slots",
          "BookAppointment", "booking",
          "ReceiveCanvasNotice", "intake",
          "ReceiveCalendarNotice", "calendar-intake",
          "SyncCalendars", "fanout",
          "MirrorMeetings", "mirror",
          "SendMessage", "confirmations",
          "RunUpkeep", "upkeep");
  private static final Set<String> KNOWN_KEYS =
      Set.of(
          "CANVAS_FHIR_URL",
          "CANVAS_AUTH_URL",
          "CANVAS_CLIENT_ID",
          "CANVAS_CLIENT_SECRET",
          "CANVAS_IDENTIFIER_SYSTEM",
          "GRAPH_URL",
          "GRAPH_TOKEN_URL",
          "GRAPH_CLIENT_ID",
          "GRAPH_CLIENT_SECRET",
          "GOOGLE_CALENDAR_URL",
          "GOOGLE_TOKEN_URL",
          "GOOGLE_SERVICE_ACCOUNT",
          "WEBHOOK_SECRETS",
          "WEBHOOK_BEARER_TOKENS",
          "MANAGE_TOKEN_SECRETS",
          "PUBLIC_URL",
          "TRUSTED_PROXIES",
          "SITE_URL",
          "TABLE_NAME",
          "QUEUE_APPOINTMENT_CHANGES_URL",
          "QUEUE_CALENDAR_CHANGES_URL",
          "QUEUE_PATIENT_MESSAGES_URL",
          "QUEUE_MESSAGE_EVENTS_URL",
          "SES_CONFIGURATION_SET",
          "PRACTICE",
          "LEASE_SECONDS",
          "TIMEOUT_SECONDS",
          "SECOND_LOOK_SECONDS",
          "PATIENT_CLAIM",
          "SLOT_SEARCHES_AT_ONCE");

  private FunctionRules() {}

  static List<Rule> all() {
    return List.of(
        that(
            "every function is the zip of its own module",
            FunctionRules::modules,
            t -> t.edit("FindSlots").put("CodeUri", "functions/booking/target/deploy/function.zip"),
            t -> t.editAt("/Resources").remove("SendMessage")),
        that(
            "functions are native on arm64 by default",
            FunctionRules::nativeByDefault,
            t -> t.editAt("/Parameters/Packaging").put("Default", "java"),
            t -> t.editAt("/Globals/Function").put("Runtime", "provided.al2"),
            t -> t.editAt("/Parameters/Architecture").put("Default", "x86_64"),
            t -> t.editAt("/Globals/Function").putArray("Architectures").add("arm64"),
            t -> t.editAt("/Globals/Function/Environment/Variables").removeAll()),
        that(
            "managed Java starts from a snapshot of a published version",
            FunctionRules::javaFromSnapshot,
            t -> t.editAt("/Globals/Function").remove("SnapStart"),
            t -> t.editAt("/Globals/Function").remove("AutoPublishAlias"),
            t -> t.editAt("/Globals/Function").put("Handler", "x")),
        that(
            "no other function can take the concurrency that notices are given",
            FunctionRules::reserved,
            t -> t.edit("ReceiveCanvasNotice").remove("ReservedConcurrentExecutions"),
            t -> t.edit("FindSlots").put("ReservedConcurrentExecutions", 10)),
        that(
            "functions get the documented environment keys and no others",
            FunctionRules::keys,
            t -> t.editAt("/Resources/FindSlots/Properties/Environment/Variables").put("X", "1")),
        that(
            "a function that is told its time-out is told the truth",
            FunctionRules::timeouts,
            t -> t.edit("RunUpkeep").put("Timeout", 299),
            t ->
                t.editAt("/Resources/SyncCalendars/Properties/Environment/Variables")
                    .put("TIMEOUT_SECONDS", "16")),
        that(
            "a claim outlives the function that made it by 30 seconds",
            FunctionRules::leases,
            t -> t.editAt("/Parameters/LeaseSeconds").put("Default", 44),
            t ->
                t.editAt("/Resources/BookAppointment/Properties/Environment/Variables")
                    .put("LEASE_SECONDS", "49")));
  }

  private static List<String> modules(Template template) {
    Map<String, String> zips = new TreeMap<>();
    template.functions().forEach((id, it) -> zips.put(id, it.path("CodeUri").asText()));
    Map<String, String> expected = new TreeMap<>();
    MODULES.forEach(
        (id, module) -> expected.put(id, "functions/" + module + "/target/deploy/function.zip"));
    return zips.equals(expected) ? List.of() : List.of(zips + " instead of " + expected);
  }

  private static List<String> nativeByDefault(Template template) {
    JsonNode globals = template.root().path("Globals").path("Function");
    List<String> wrong = new ArrayList<>();
    if (!template.root().at("/Parameters/Packaging/Default").asText().equals("native")) {
      wrong.add("Packaging is not native by default");
    }
    if (!globals.at("/Runtime/Fn::If/2").asText().equals("provided.al2023")) {
      wrong.add("the native runtime is not provided.al2023");
    }
    if (!globals.at("/Architectures/0/Ref").asText().equals("Architecture")
        || !template.root().at("/Parameters/Architecture/Default").asText().equals("arm64")) {
      wrong.add("the architecture is not arm64, or cannot be chosen");
    }
    if (!globals.at("/Environment/Variables/DISABLE_SIGNAL_HANDLERS").asText().equals("true")) {
      wrong.add("a native executable needs DISABLE_SIGNAL_HANDLERS");
    }
    return wrong;
  }

  private static List<String> javaFromSnapshot(Template template) {
    JsonNode globals = template.root().path("Globals").path("Function");
    boolean kept =
        globals.at("/Runtime/Fn::If/0").asText().equals("IsJava")
            && globals.at("/Runtime/Fn::If/1").asText().matches("java(17|21|25)")
            && globals
                .at("/Handler/Fn::If/1")
                .asText()
                .equals("io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest")
            && globals.at("/SnapStart/Fn::If/1/ApplyOn").asText().equals("PublishedVersions")
            && globals.has("AutoPublishAlias");
    return kept ? List.of() : List.of("Runtime, Handler, SnapStart or AutoPublishAlias is wrong");
  }

  /** Concurrency of a function that is not asked for would be taken from all others. */
  private static List<String> reserved(Template template) {
    return template.functions().entrySet().stream()
        .filter(
            function -> {
              JsonNode reserved =
                  function.getValue().at("/ReservedConcurrentExecutions/Fn::If/1/Ref");
              boolean kept = reserved.asText().equals("ReservedNotices");
              return kept != function.getKey().startsWith("Receive")
                  || kept != function.getValue().has("ReservedConcurrentExecutions");
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> keys(Template template) {
    return template.functions().entrySet().stream()
        .flatMap(
            function ->
                function.getValue().at("/Environment/Variables").properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(key -> !KNOWN_KEYS.contains(key))
                    .map(key -> function.getKey() + " gets " + key))
        .toList();
  }

  private static List<String> timeouts(Template template) {
    return template.functions().entrySet().stream()
        .filter(it -> it.getValue().at("/Environment/Variables").has("TIMEOUT_SECONDS"))
        .filter(
            it ->
                template.number(it.getValue().at("/Environment/Variables/TIMEOUT_SECONDS"))
                    != template.number(it.getValue().path("Timeout")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> leases(Template template) {
    List<String> wrong = new ArrayList<>();
    template
        .functions()
        .forEach(
            (id, it) -> {
              JsonNode lease = it.at("/Environment/Variables/LEASE_SECONDS");
              int needed = template.number(it.path("Timeout")) + 30;
              if (!lease.isMissingNode() && template.number(lease) < needed) {
                wrong.add(id + " needs a lease of " + needed + " s");
              }
            });
    return wrong;
  }
}
