package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Queues lose nothing: a message that fails is tried again, and in the end is kept as a dead
 * letter.
 */
final class QueueRules {
  private static final String SOURCE =
      "/Resources/SyncCalendars/Properties/Events/Changes/Properties";

  /**
   * So many deliveries take some four hours, as the waits between them grow to a quarter of an
   * hour.
   */
  private static final int RECEIVES = 24;

  private QueueRules() {}

  static List<Rule> all() {
    return List.of(
        that(
            "every queue hands what failed 24 times to its own dead letters",
            QueueRules::redrive,
            t -> t.edit("AppointmentChanges").remove("RedrivePolicy"),
            t ->
                t.editAt("/Resources/PatientMessages/Properties/RedrivePolicy")
                    .put("maxReceiveCount", 23),
            t ->
                t.editAt("/Resources/PatientMessages/Properties/RedrivePolicy")
                    .set(
                        "deadLetterTargetArn",
                        t.properties("AppointmentChanges")
                            .at("/RedrivePolicy/deadLetterTargetArn"))),
        that(
            "two stacks of one account have queues of different names",
            QueueRules::names,
            t -> t.edit("MessageEvents").put("QueueName", "message-events"),
            t -> t.editAt("/Parameters/QueuePrefix").put("Default", "")),
        that(
            "dead letters are kept for fourteen days, longer than anything waits",
            QueueRules::retention,
            t -> t.edit("PatientMessagesDeadLetters").put("MessageRetentionPeriod", 345600),
            t -> t.edit("AppointmentChanges").put("MessageRetentionPeriod", 1209600)),
        that(
            "queues are encrypted with the key of the stack",
            QueueRules::encryption,
            t -> t.edit("AppointmentChangesDeadLetters").remove("KmsMasterKeyId"),
            t -> t.edit("PatientMessages").put("KmsMasterKeyId", "alias/aws/sqs")),
        that(
            "one failed message does not repeat its batch, and concurrency is bounded",
            QueueRules::sources,
            t -> t.editAt(SOURCE).remove("FunctionResponseTypes"),
            t -> t.editAt(SOURCE).remove("ScalingConfig"),
            t -> t.editAt(SOURCE).put("BatchSize", 100),
            t -> t.editAt("/Resources/SendMessage/Properties").remove("Events")),
        that(
            "a message stays invisible for six time-outs of its consumer",
            QueueRules::visibility,
            t -> t.editAt("/Parameters/ConsumerTimeout").put("Default", 16),
            t -> t.editAt("/Parameters/ConsumerVisibility").put("Default", 89),
            t -> t.edit("PatientMessages").remove("VisibilityTimeout")));
  }

  private static List<String> redrive(Template template) {
    List<String> wrong = new ArrayList<>();
    template
        .ofType(Template.QUEUE)
        .forEach(
            (id, it) -> {
              JsonNode redrive = it.path("RedrivePolicy");
              boolean kept =
                  Template.refersTo(redrive.path("deadLetterTargetArn"), id + "DeadLetters")
                      && redrive.path("maxReceiveCount").asInt() >= RECEIVES;
              if (!id.endsWith("DeadLetters") && !kept) {
                wrong.add(id + ": " + redrive);
              }
            });
    return wrong;
  }

  private static List<String> names(Template template) {
    String prefix =
        "{\"Fn::If\":[\"QueuesByStack\",{\"Fn::Sub\":\"${AWS::StackName}-\"},{\"Ref\":\"QueuePrefix\"}]}";
    List<String> wrong = new ArrayList<>();
    template
        .ofType(Template.QUEUE)
        .forEach(
            (id, it) -> {
              if (!it.at("/QueueName/Fn::Join/1/0").toString().equals(prefix)) {
                wrong.add(id + ": " + it.path("QueueName"));
              }
            });
    if (!template.root().at("/Parameters/QueuePrefix/Default").asText().equals("stack")) {
      wrong.add("unless a parameter says so, queues are not named by the stack");
    }
    return wrong;
  }

  private static List<String> retention(Template template) {
    return template.ofType(Template.QUEUE).entrySet().stream()
        .filter(
            queue -> {
              int seconds = queue.getValue().path("MessageRetentionPeriod").asInt();
              return queue.getKey().endsWith("DeadLetters")
                  ? seconds != 1_209_600
                  : seconds < 1 || seconds >= 1_209_600;
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> encryption(Template template) {
    return template.ofType(Template.QUEUE).entrySet().stream()
        .filter(queue -> !Template.refersTo(queue.getValue().path("KmsMasterKeyId"), "Key"))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> sources(Template template) {
    Map<String, JsonNode> sources = template.events("SQS");
    List<String> wrong = new ArrayList<>();
    if (sources.size() != 4) {
      wrong.add("four queues, but sources " + sources.keySet());
    }
    sources.forEach(
        (event, it) -> {
          boolean kept =
              it.path("FunctionResponseTypes").toString().equals("[\"ReportBatchItemFailures\"]")
                  && it.at("/ScalingConfig/MaximumConcurrency").asInt() >= 2
                  && it.path("BatchSize").asInt() >= 1
                  && it.path("BatchSize").asInt() <= 10;
          if (!kept) {
            wrong.add(event + ": " + it);
          }
        });
    return wrong;
  }

  private static List<String> visibility(Template template) {
    List<String> wrong = new ArrayList<>();
    template
        .events("SQS")
        .forEach(
            (event, it) -> {
              String function = event.substring(0, event.indexOf('.'));
              String queue = it.at("/Queue/Fn::GetAtt/0").asText();
              int timeout = template.number(template.properties(function).path("Timeout"));
              int visible = template.number(template.properties(queue).path("VisibilityTimeout"));
              if (visible < 6 * timeout) {
                wrong.add(event + ": " + visible + " s for a time-out of " + timeout + " s");
              }
            });
    return wrong;
  }
}
