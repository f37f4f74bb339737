package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Scheduled tasks start at their exact minute, and the input of a run that failed is kept. */
final class ScheduleRules {
  private static final String RECONCILE =
      "/Resources/RunUpkeep/Properties/Events/Reconcile/Properties";
  private static final String ROLE =
      "/Resources/UpkeepSchedulesRole/Properties/AssumeRolePolicyDocument/Statement/0";

  private ScheduleRules() {}

  static List<Rule> all() {
    return List.of(
        that(
            "what the clock starts is started by the clock",
            ScheduleRules::names,
            t -> t.editAt(RECONCILE).put("Name", "reconciliation"),
            t -> t.editAt("/Resources/RunUpkeep/Properties/Events").remove("Reminders"),
            t -> t.editAt("/Resources/RunUpkeep/Properties/Events").remove("Renewals"),
            t -> t.editAt("/Resources/RunUpkeep/Properties/Events").remove("Polls")),
        that(
            "a schedule asks for the task that it is named after",
            t -> each(t, ScheduleRules::asksForItsTask),
            t -> t.editAt(RECONCILE).put("Input", "{\"task\":\"reminders\"}")),
        that(
            "a schedule runs to the minute",
            t -> each(t, it -> it.at("/FlexibleTimeWindow/Mode").asText().equals("OFF")),
            t -> t.editAt(RECONCILE).remove("FlexibleTimeWindow")),
        that(
            "names of schedules are those of the stack",
            t -> each(t, it -> Template.refersTo(it.path("GroupName"), "UpkeepSchedules")),
            t -> t.editAt(RECONCILE).remove("GroupName")),
        that(
            "a run that was not delivered is tried again and then kept",
            t -> each(t, ScheduleRules::isKept),
            t -> t.editAt(RECONCILE).remove("DeadLetterConfig"),
            t -> t.editAt(RECONCILE).remove("RetryPolicy")),
        that(
            "a run that failed is kept",
            ScheduleRules::failuresAreKept,
            t -> t.edit("RunUpkeep").remove("EventInvokeConfig")),
        that(
            "only the scheduler of this account may call by its role, and only this function",
            ScheduleRules::role,
            t -> t.editAt(RECONCILE).remove("RoleArn"),
            t -> t.editAt(ROLE).remove("Condition"),
            t -> t.editAt(ROLE + "/Principal").put("Service", "lambda.amazonaws.com"),
            t ->
                t.editAt(
                        "/Resources/UpkeepSchedulesRole/Properties/Policies/0/PolicyDocument"
                            + "/Statement/0")
                    .putObject("Resource")
                    .put("Ref", "FindSlots.Alias")));
  }

  private static List<String> each(Template template, Predicate<JsonNode> kept) {
    return template.events("ScheduleV2").entrySet().stream()
        .filter(schedule -> !kept.test(schedule.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> names(Template template) {
    Set<String> names =
        template.events("ScheduleV2").values().stream()
            .map(it -> it.path("Name").asText())
            .collect(Collectors.toSet());
    return names.containsAll(Set.of("reconcile", "reminders", "renewals", "polls"))
        ? List.of()
        : List.copyOf(names);
  }

  private static boolean asksForItsTask(JsonNode schedule) {
    String task = "{\"task\":\"" + schedule.path("Name").asText() + "\"}";
    return schedule.path("Input").asText().equals(task);
  }

  private static boolean isKept(JsonNode schedule) {
    return schedule.at("/RetryPolicy/MaximumRetryAttempts").asInt() > 0
        && schedule.at("/RetryPolicy/MaximumEventAgeInSeconds").asInt() > 0
        && Template.refersTo(schedule.at("/DeadLetterConfig/Arn"), "UpkeepDeadLetters");
  }

  private static List<String> failuresAreKept(Template template) {
    JsonNode kept = template.properties("RunUpkeep").at("/EventInvokeConfig/DestinationConfig");
    return Template.refersTo(kept.at("/OnFailure/Destination"), "UpkeepDeadLetters")
        ? List.of()
        : List.of("failures of RunUpkeep go to " + kept);
  }

  private static List<String> role(Template template) {
    JsonNode trust =
        template.properties("UpkeepSchedulesRole").at("/AssumeRolePolicyDocument/Statement/0");
    boolean ours =
        trust.at("/Principal/Service").asText().equals("scheduler.amazonaws.com")
            && trust
                .at("/Condition/StringEquals")
                .path("aws:SourceAccount")
                .path("Ref")
                .asText()
                .equals("AWS::AccountId");
    boolean only =
        template
            .statements("UpkeepSchedulesRole")
            .filter(it -> it.path("Action").asText().equals("lambda:InvokeFunction"))
            .allMatch(it -> it.at("/Resource/Ref").asText().equals("RunUpkeep.Alias"));
    List<String> without =
        each(template, it -> Template.refersTo(it.path("RoleArn"), "UpkeepSchedulesRole"));
    return ours && only ? without : List.of("the role of the schedules is too wide");
  }
}
