package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table can be restored, its expired rows are deleted, and only our functions can read it. */
final class StoreRules {
  private StoreRules() {}

  static List<Rule> all() {
    return List.of(
        that(
            "the table costs what is used and forgets what has expired",
            StoreRules::table,
            t -> t.edit("Table").put("BillingMode", "PROVISIONED"),
            t -> t.edit("Table").remove("TimeToLiveSpecification"),
            t ->
                t.editAt("/Resources/Table/Properties/TimeToLiveSpecification")
                    .put("AttributeName", "ttl")),
        that(
            "the table can be brought back to any second, and outlives the stack once that exists",
            StoreRules::recovery,
            t -> t.edit("Table").remove("PointInTimeRecoverySpecification"),
            t -> t.editAt("/Resources/Table").put("DeletionPolicy", "Delete"),
            t -> t.editAt("/Resources/Table").put("DeletionPolicy", "Retain"),
            t -> t.edit("Table").put("DeletionProtectionEnabled", true),
            t -> t.editAt("/Resources/Key").remove("DeletionPolicy")),
        that(
            "the table is encrypted with a key of ours that is renewed",
            StoreRules::encryption,
            t -> t.edit("Table").remove("SSESpecification"),
            t -> t.editAt("/Resources/Table/Properties/SSESpecification").put("SSEType", "AES256"),
            t -> t.edit("Key").put("EnableKeyRotation", false)),
        that(
            "every log is encrypted and forgets",
            StoreRules::logs,
            t -> t.edit("ApiLog").remove("RetentionInDays"),
            t -> t.edit("FindSlotsLog").remove("KmsKeyId"),
            t -> t.edit("SendMessage").remove("LoggingConfig"),
            t -> t.editAt("/Resources").remove("SyncCalendarsLog")));
  }

  private static List<String> table(Template template) {
    JsonNode table = template.properties("Table");
    List<String> wrong = new ArrayList<>();
    if (!table.path("BillingMode").asText().equals("PAY_PER_REQUEST")) {
      wrong.add("the table is not paid by request");
    }
    JsonNode expiry = table.path("TimeToLiveSpecification");
    if (!expiry.path("Enabled").asBoolean()
        || !expiry.path("AttributeName").asText().equals("expires")) {
      wrong.add("rows do not expire by the attribute expires");
    }
    return wrong;
  }

  private static List<String> recovery(Template template) {
    List<String> wrong = new ArrayList<>();
    if (!template
        .properties("Table")
        .at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
        .asBoolean()) {
      wrong.add("no point-in-time recovery");
    }
    if (!Template.refersTo(
        template.properties("Table").path("DeletionProtectionEnabled"), "ProtectTable")) {
      wrong.add("a failed first deployment cannot remove the table, or nothing can protect it");
    }
    for (String kept : List.of("Table", "Key")) {
      JsonNode resource = template.root().path("Resources").path(kept);
      if (!resource.path("DeletionPolicy").asText().equals("RetainExceptOnCreate")
          || !resource.path("UpdateReplacePolicy").asText().equals("Retain")) {
        wrong.add(kept + " goes with the stack");
      }
    }
    return wrong;
  }

  private static List<String> encryption(Template template) {
    JsonNode encryption = template.properties("Table").path("SSESpecification");
    boolean ours =
        encryption.path("SSEEnabled").asBoolean()
            && encryption.path("SSEType").asText().equals("KMS")
            && Template.refersTo(encryption.path("KMSMasterKeyId"), "Key");
    boolean renewed = template.properties("Key").path("EnableKeyRotation").asBoolean();
    return ours && renewed ? List.of() : List.of("the table's key is not ours, or never renewed");
  }

  private static List<String> logs(Template template) {
    Map<String, JsonNode> groups = template.ofType("AWS::Logs::LogGroup");
    List<String> wrong = new ArrayList<>();
    groups.forEach(
        (id, it) -> {
          if (template.number(it.path("RetentionInDays")) < 1
              || !Template.refersTo(it.path("KmsKeyId"), "Key")) {
            wrong.add(id);
          }
        });
    template
        .functions()
        .forEach(
            (id, it) -> {
              if (!Template.refersTo(it.at("/LoggingConfig/LogGroup"), id + "Log")
                  || !groups.containsKey(id + "Log")) {
                wrong.add(id + " has no log of its own");
              }
            });
    return wrong;
  }
}
