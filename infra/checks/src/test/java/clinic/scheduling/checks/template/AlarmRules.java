package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import clinic.scheduling.checks.Repository;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every failure raises an alarm, and the runbook says what to do about it. */
final class AlarmRules {
  /** Words that SendMessage logs about things that only a person can resolve. */
  private static final List<String> TO_LOOK_AT =
      List.of(
          "patient-untold",
          "answer-to-read",
          "mail-not-arrived",
          "event-without-contact",
          "contact-cap-reached");

  private static final int DAY = 86_400;
  private static final String LATE =
      "IF(FILL(age, 0) > 300, 1, 0) + IF(FILL(failing, 0) > 0, 1, 0)";
  private static final Pattern ERROR_WORD =
      Pattern.compile("\\b(?:log|LOG)\\s*\\.(?:error|failure)\\(\\s*\"([a-z][a-z-]*)\"");

  private AlarmRules() {}

  static List<Rule> all() {
    return List.of(
        that(
            "dead letters, old messages, errors, throttling and 5xx are told",
            AlarmRules::watched,
            t -> t.editAt("/Resources").remove("AppointmentChangesDead"),
            t -> t.editAt("/Resources").remove("PatientMessagesLate"),
            t -> t.editAt("/Resources").remove("SendMessageErrors"),
            t -> t.editAt("/Resources").remove("FindSlotsThrottles"),
            t -> t.editAt("/Resources").remove("SignedInServerErrors"),
            t -> t.editAt("/Resources").remove("ApiServerErrors")),
        that(
            "a message that fails for longer than five minutes is told, though SQS forgets its age",
            AlarmRules::failing,
            t -> t.editAt("/Resources").remove("PatientMessagesFailingFilter"),
            t -> t.edit("MessageEventsFailingFilter").put("FilterPattern", "message-late"),
            t ->
                t.editAt("/Resources/CalendarChangesLate/Properties/Metrics/0")
                    .put("Expression", "age"),
            t -> t.edit("AppointmentChangesLate").put("Threshold", 1)),
        that(
            "the first dead letter is told",
            AlarmRules::firstDeadLetter,
            t -> t.edit("PatientMessagesDead").put("Threshold", 1),
            t -> t.edit("PatientMessagesDead").put("EvaluationPeriods", 3)),
        that(
            "an error that a consumer writes into its log is told",
            AlarmRules::errorLines,
            t -> t.editAt("/Resources").remove("SyncCalendarsErrorFilter"),
            t -> t.editAt("/Resources").remove("SendMessageErrorLines"),
            t -> t.edit("SendMessageErrorFilter").put("FilterPattern", "ERROR"),
            t -> t.edit("SyncCalendarsErrorLines").put("Namespace", "elsewhere"),
            t -> t.edit("SyncCalendarsErrorLines").put("Threshold", 1)),
        that(
            "an error that a function writes while it answers a call is told",
            AlarmRules::requestErrors,
            t -> t.editAt("/Resources").remove("FindSlotsErrorFilter"),
            t -> t.editAt("/Resources").remove("RequestErrorLines"),
            t -> t.edit("RequestErrorLines").put("Threshold", 1)),
        that(
            "each error word is in the runbook, and each metric of a log is in an alarm or on the dashboard",
            AlarmRules::words,
            t -> t.edit("Dashboard").put("DashboardBody", "{}"),
            t -> t.editAt("/Resources").remove("MessagesToLookAt")),
        that(
            "what a person has to see to is told within a day",
            AlarmRules::toLookAt,
            t -> t.editAt("/Resources").remove("MessagesToLookAtFilter"),
            t -> t.editAt("/Resources").remove("MessagesToLookAt"),
            t ->
                t.edit("MessagesToLookAtFilter")
                    .put("FilterPattern", "{ $.message = \"patient-untold*\" }"),
            t -> t.edit("MessagesToLookAt").put("Namespace", "elsewhere"),
            t -> t.edit("MessagesToLookAt").put("Period", 300),
            t -> t.edit("MessagesToLookAt").put("Threshold", 1)),
        that(
            "alarms go to the topic that may be given, otherwise to one of the stack",
            AlarmRules::actions,
            t -> t.edit("FindSlotsErrors").remove("AlarmActions"),
            t -> t.editAt("/Resources/Alarms").remove("Condition"),
            t -> t.edit("AlarmsByEmail").put("Protocol", "sms"),
            t -> t.editAt("/Parameters/AlarmTopicArn").remove("Default")),
        that(
            "the runbook has a heading for every alarm, and none for an alarm that is gone",
            AlarmRules::runbook,
            t -> t.editAt("/Resources").set("NewAlarm", t.editAt("/Resources/FindSlotsErrors")),
            t -> t.editAt("/Resources").remove("FindSlotsErrors")));
  }

  private static Map<String, JsonNode> alarms(Template template) {
    return template.ofType("AWS::CloudWatch::Alarm");
  }

  private static List<String> watched(Template template) {
    Set<String> needed = new TreeSet<>(Set.of("5xx of Api", "5xx of SignedInApi"));
    for (String queue : template.ofType(Template.QUEUE).keySet()) {
      needed.add(
          queue.endsWith("DeadLetters")
              ? "ApproximateNumberOfMessagesVisible of " + queue
              : "ApproximateAgeOfOldestMessage of " + queue);
    }
    for (String function : template.functions().keySet()) {
      needed.add("Errors of " + function);
      needed.add("Throttles of " + function);
    }
    metrics(template)
        .forEach(it -> needed.remove(it.path("MetricName").asText() + " of " + subject(it)));
    return List.copyOf(needed);
  }

  /** The metrics of all alarms, those inside an expression included. */
  private static Stream<JsonNode> metrics(Template template) {
    return alarms(template).values().stream()
        .flatMap(
            alarm ->
                Stream.concat(
                    Stream.of(alarm),
                    alarm.path("Metrics").valueStream().map(it -> it.at("/MetricStat/Metric"))));
  }

  /** Queues of which a message that fails again and again raises no alarm. */
  private static List<String> failing(Template template) {
    List<String> wrong = new ArrayList<>();
    for (String queue : template.ofType(Template.QUEUE).keySet()) {
      JsonNode filter = template.properties(queue + "FailingFilter");
      JsonNode alarm = template.properties(queue + "Late");
      String name = template.properties(queue).at("/QueueName/Fn::Join/1/1").asText();
      boolean counted =
          filter
                  .path("FilterPattern")
                  .asText()
                  .equals(
                      "{ ($.message = \"message-late*\") && ($.mdc.queue = \"*" + name + "\") }")
              && alarm.path("Metrics").toString().contains("\"" + queue + "Failing\"")
              && alarm.at("/Metrics/0/Expression").asText().equals(LATE)
              && alarm.path("Threshold").asInt(-1) == 0;
      if (!queue.endsWith("DeadLetters") && !counted) {
        wrong.add(queue);
      }
    }
    return wrong;
  }

  private static List<String> requestErrors(Template template) {
    JsonNode alarm = template.properties("RequestErrorLines");
    List<String> wrong = new ArrayList<>();
    for (String event : template.events("HttpApi").keySet()) {
      String function = event.substring(0, event.indexOf('.'));
      JsonNode filter = template.properties(function + "ErrorFilter");
      if (!Template.refersTo(filter.path("LogGroupName"), function + "Log")
          || !filter.path("FilterPattern").asText().equals("{ $.level = \"ERROR\" }")
          || !filter.at("/MetricTransformations/0/MetricName").equals(alarm.path("MetricName"))
          || alarm.path("Threshold").asInt(-1) != 0) {
        wrong.add(function);
      }
    }
    return wrong;
  }

  /** Error words that the runbook does not explain, and metrics of logs that nobody would see. */
  private static List<String> words(Template template) {
    List<String> wrong = new ArrayList<>();
    String runbook = Repository.text("docs/runbook.md");
    Repository.javaFiles().stream()
        .filter(file -> file.toString().matches(".*/functions/[^/]+/src/main/.*"))
        .flatMap(file -> ERROR_WORD.matcher(Repository.text(file)).results())
        .map(found -> found.group(1))
        .distinct()
        .filter(word -> !runbook.contains("`" + word))
        .forEach(word -> wrong.add(word + " is not in the runbook"));
    String seen =
        template.properties("Dashboard").toString()
            + metrics(template).map(JsonNode::toString).collect(Collectors.joining());
    template.ofType("AWS::Logs::MetricFilter").values().stream()
        .map(filter -> filter.at("/MetricTransformations/0/MetricName").asText())
        .filter(metric -> !seen.contains(metric + "\"") && !seen.contains(metric + "\\\""))
        .forEach(metric -> wrong.add(metric + " is seen nowhere"));
    Set<String> alarmed =
        metrics(template)
            .map(it -> it.path("MetricName").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!alarmed.contains("MessagesToLookAt")) {
      wrong.add("MessagesToLookAt has no alarm");
    }
    return wrong;
  }

  private static String subject(JsonNode alarm) {
    JsonNode value = alarm.at("/Dimensions/0/Value");
    return value.path("Ref").asText() + value.path("Fn::GetAtt").path(0).asText();
  }

  private static List<String> firstDeadLetter(Template template) {
    return alarms(template).entrySet().stream()
        .filter(alarm -> subject(alarm.getValue()).endsWith("DeadLetters"))
        .filter(
            alarm ->
                alarm.getValue().path("Threshold").asInt(-1) != 0
                    || alarm.getValue().path("EvaluationPeriods").asInt() != 1
                    || !alarm
                        .getValue()
                        .path("ComparisonOperator")
                        .asText()
                        .equals("GreaterThanThreshold"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Consumers of queues whose error lines raise no alarm. When a message fails, the invocation of
   * its consumer still succeeds, so Lambda's own count of errors does not show the failure.
   */
  private static List<String> errorLines(Template template) {
    return template.events("SQS").keySet().stream()
        .map(event -> event.substring(0, event.indexOf('.')))
        .filter(consumer -> !isTold(template, consumer))
        .toList();
  }

  private static boolean isTold(Template template, String consumer) {
    String metric = consumer + "ErrorLines";
    JsonNode filter = template.properties(consumer + "ErrorFilter");
    JsonNode made = filter.at("/MetricTransformations/0");
    JsonNode alarm = template.properties(metric);
    return Template.refersTo(filter.path("LogGroupName"), consumer + "Log")
        && filter.path("FilterPattern").asText().equals("{ $.level = \"ERROR\" }")
        && made.path("MetricName").asText().equals(metric)
        && alarm.path("MetricName").asText().equals(metric)
        && made.path("MetricNamespace").equals(alarm.path("Namespace"))
        && alarm.path("Threshold").asInt(-1) == 0;
  }

  /** Checks that each of these words is logged, is counted, and is in the runbook. */
  private static List<String> toLookAt(Template template) {
    JsonNode filter = template.properties("MessagesToLookAtFilter");
    JsonNode made = filter.at("/MetricTransformations/0");
    JsonNode alarm = template.properties("MessagesToLookAt");
    String source =
        Repository.javaFiles().stream()
            .filter(file -> file.toString().contains("confirmations/src/main/"))
            .map(Repository::text)
            .collect(Collectors.joining());
    List<String> wrong = new ArrayList<>();
    for (String word : TO_LOOK_AT) {
      if (!filter.path("FilterPattern").asText().contains("($.message = \"" + word + "*\")")) {
        wrong.add(word + " is not counted");
      }
      if (!source.contains("log.warn(\"" + word + "\"")) {
        wrong.add(word + " is not logged");
      }
      if (!Repository.text("docs/runbook.md").contains("`" + word + "`")) {
        wrong.add(word + " is not in the runbook");
      }
    }
    if (!Template.refersTo(filter.path("LogGroupName"), "SendMessageLog")
        || !made.path("MetricName").asText().equals("MessagesToLookAt")
        || !alarm.path("MetricName").asText().equals("MessagesToLookAt")
        || !made.path("MetricNamespace").equals(alarm.path("Namespace"))
        || alarm.path("Period").asInt() != DAY
        || !alarm.path("Statistic").asText().equals("Sum")
        || !alarm.path("ComparisonOperator").asText().equals("GreaterThanThreshold")
        || alarm.path("Threshold").asInt(-1) != 0) {
      wrong.add("MessagesToLookAt is not told within a day");
    }
    return wrong;
  }

  private static List<String> actions(Template template) {
    List<String> wrong = new ArrayList<>();
    if (!template.root().at("/Parameters/AlarmTopicArn").has("Default")) {
      wrong.add("the topic cannot be left out");
    }
    if (!template.resource("Alarms").path("Condition").asText().equals("HasOwnAlarmTopic")
        || !template.properties("AlarmsByEmail").path("Protocol").asText().equals("email")) {
      wrong.add("the stack's own topic tells nobody");
    }
    alarms(template)
        .forEach(
            (id, it) -> {
              JsonNode topic = it.at("/AlarmActions/0/Fn::If");
              if (!topic.at("/1/Ref").asText().equals("AlarmTopicArn")
                  || !topic.at("/2/Ref").asText().equals("Alarms")) {
                wrong.add(id + " tells nobody");
              }
            });
    return wrong;
  }

  private static List<String> runbook(Template template) {
    Set<String> headings =
        Pattern.compile("(?m)^## (\\w+)$")
            .matcher(Repository.text("docs/runbook.md"))
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> alarms = new TreeSet<>(alarms(template).keySet());
    return headings.equals(alarms)
        ? List.of()
        : List.of("alarms " + alarms + ", headings " + headings);
  }
}
