package clinic.scheduling.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PracticeSchemaTest {
  private final ObjectNode schema = Json.parse(Repository.text("infra/practice.schema.json"));
  private final ObjectNode example = Json.parse(Repository.text("infra/practice.example.json"));

  @Test
  void theExampleIsValid() {
    assertThat(Json.violations(schema, example)).isEmpty();
  }

  @Test
  void theExampleForProductionIsValidAndCareful() {
    ObjectNode careful = Json.parse(Repository.text("infra/practice.production.example.json"));

    assertThat(Json.violations(schema, careful)).isEmpty();
    for (JsonNode calendar :
        careful.findValues("calendars").stream().flatMap(JsonNode::valueStream).toList()) {
      assertThat(calendar.path("policy").asText()).isEqualTo("busy");
      assertThat(calendar.path("direction").asText()).isEqualTo("from-canvas");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/limits, /$defs/limits",
    "/messages/caps, /$defs/messages/properties/caps",
    "/reconciliation, /$defs/reconciliation"
  })
  void theExampleForProductionIsNowhereLessCarefulThanTheDefaults(String where, String schemaOf) {
    JsonNode careful = Json.parse(Repository.text("infra/practice.production.example.json"));
    JsonNode defaults = schema.at(schemaOf + "/properties");

    assertThat(defaults.properties()).isNotEmpty();
    assertThat(careful.at(where).properties()).isNotEmpty();
    for (var one : defaults.properties()) {
      int usual = one.getValue().path("default").asInt(Integer.MAX_VALUE);
      assertThat(careful.at(where).path(one.getKey()).asInt(usual))
          .as(one.getKey())
          .isLessThanOrEqualTo(usual);
    }
  }

  @Test
  void theLeastDocumentIsValid() {
    ObjectNode least = example.deepCopy();
    least.remove(List.of("messages", "limits", "tokens", "holds"));
    ((ObjectNode) least.at("/visitTypes/0"))
        .retain("id", "name", "modality", "coding", "durations");
    ((ObjectNode) least.at("/practitioners/0")).retain("id", "canvasId", "name");

    assertThat(Json.violations(schema, least)).isEmpty();
  }

  @Test
  void theRulesOfBookingAreValid() throws Exception {
    ObjectNode ruled = example.deepCopy();
    String hours = "[{\"days\": [\"monday\", \"friday\"], \"from\": \"00:00\", \"to\": \"24:00\"}]";
    ObjectMapper mapper = new ObjectMapper();
    ((ObjectNode) ruled.at("/visitTypes/0")).put("startEveryMinutes", 30);
    ((ObjectNode) ruled.at("/visitTypes/0")).set("hours", mapper.readTree(hours));
    ((ObjectNode) ruled.at("/visitTypes/0/reasons/0")).set("durations", mapper.readTree("[30]"));
    ((ObjectNode) ruled.at("/locations/0")).set("hours", mapper.readTree(hours));
    ((ObjectNode) ruled.at("/practitioners/0")).set("visitTypes", mapper.readTree("[\"office\"]"));
    ruled.set(
        "specialties",
        mapper.readTree("[{\"id\": \"family-medicine\", \"taxonomies\": [\"207Q00000X\"]}]"));

    ruled.putObject("webhooks").put("bearer", true);

    assertThat(Json.violations(schema, ruled)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1} = {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | phone              | '\"555-0100\"'",
        "''                          | colour             | '\"red\"'",
        "''                          | visitTypes         | '[]'",
        "''                          | canvasUrl          | '\"https://x.example.invalid/\"'",
        "/visitTypes/0               | modality           | '\"carrier pigeon\"'",
        "/visitTypes/0               | durations          | '[0]'",
        "/visitTypes/0               | durations          | '[30, 30]'",
        "/visitTypes/0               | bookingWindowDays  | '0'",
        "/visitTypes/0               | bufferAfterMinutes | '\"5\"'",
        "/visitTypes/0               | id                 | '\"Office Visit\"'",
        "/visitTypes/0               | buffer             | '5'",
        "/visitTypes/0/coding        | code               | '308335008'",
        "/visitTypes/0/reasons/0     | text               | '\"x\"'",
        "/visitTypes/0               | startEveryMinutes  | '0'",
        "/visitTypes/0               | hours              |"
            + " '[{\"days\":[\"friday\"],\"from\":\"9:00\",\"to\":\"17:00\"}]'",
        "/visitTypes/0               | hours              |"
            + " '[{\"days\":[\"friday\"],\"from\":\"09:00\",\"to\":\"24:01\"}]'",
        "/visitTypes/0               | hours              |"
            + " '[{\"days\":[\"friday\"],\"from\":\"24:00\",\"to\":\"24:00\"}]'",
        "/visitTypes/0               | hours              |"
            + " '[{\"days\":[\"friday\"],\"from\":\"09:00\"}]'",
        "/visitTypes/0/reasons/0     | durations          | '[4]'",
        "/locations/0                | hours              |"
            + " '[{\"days\":[\"Friday\"],\"from\":\"09:00\",\"to\":\"17:00\"}]'",
        "/locations/0                | hours              |"
            + " '[{\"days\":[],\"from\":\"09:00\",\"to\":\"17:00\"}]'",
        "/practitioners/0            | visitTypes         | '[\"a visit\"]'",
        "''                          | specialties        | '[{\"id\":\"family\"}]'",
        "''                          | webhooks           | '{\"bearer\":\"yes\"}'",
        "''                          | webhooks           | '{\"bearer\":true,\"token\":\"x\"}'",
        "''                          | specialties        |"
            + " '[{\"id\":\"family\",\"taxonomies\":[\"207q\"]}]'",
        "/locations/0                | zone               | '\"UTC-8 or so\"'",
        "/locations/0                | canvasId           | '\"1/2\"'",
        "/locations/0                | scheduleKey        | '1'",
        "/locations/0/address        | state              | '\"California\"'",
        "/practitioners/0            | canvasId           | '\"7d0c 6f5b\"'",
        "/practitioners/0            | licences           |"
            + " '[{\"state\":\"CA\",\"start\":\"2020-01-01\"}]'",
        "/practitioners/0            | licences           |"
            + " '[{\"state\":\"CA\",\"start\":\"2020-02-31\",\"end\":\"2028-01-01\"}]'",
        "/practitioners/0/calendars/0| baa                | 'false'",
        "/practitioners/0/calendars/1| provider           | '\"icloud\"'",
        "/practitioners/0/calendars/1| direction          | '\"sideways\"'",
        "/practitioners/0/calendars/1| address            | '\"Ingrid\"'",
        "/messages                   | channels           | '[\"fax\"]'",
        "/messages                   | from               | '\"Harbor Health"
            + " <x@example.invalid>\"'",
        "/limits                     | requestsPerMinute  | '0'",
        "/limits                     | manageRequestsPerMinute | '0'",
        "/limits                     | lookupsPerMinute   | '0'",
        "/limits                     | formHoldsPerAddress | '0'",
        "/holds                      | formSeconds        | '119'",
        "/tokens                     | slotMinutes        | '1.5'",
        "/holds                      | seconds            | '5'",
      })
  void aWrongDocumentIsRefused(String where, String field, String value) throws Exception {
    ObjectNode wrong = example.deepCopy();
    ((ObjectNode) wrong.at(where)).set(field, new ObjectMapper().readTree(value));

    assertThat(Json.violations(schema, wrong)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} without {1}")
  @CsvSource({
    "'', name",
    "'', phone",
    "'', locations",
    "/visitTypes/0, coding",
    "/locations/0, zone",
    "/practitioners/0, canvasId",
    "/practitioners/0/calendars/0, policy",
    "/practitioners/0/calendars/0, baa",
    "/practitioners/0/calendars/0, direction",
    "/messages, channels"
  })
  void aMissingFieldIsRefused(String where, String field) {
    ObjectNode wrong = example.deepCopy();
    ((ObjectNode) wrong.at(where)).remove(field);

    assertThat(Json.violations(schema, wrong)).isNotEmpty();
  }

  @Test
  void allErrorsAreListedAtOnce() {
    ObjectNode wrong = example.deepCopy();
    wrong.put("phone", "call us").put("colour", "red").remove("name");
    ((ObjectNode) wrong.at("/locations/1")).remove("zone");

    assertThat(String.join("\n", Json.violations(schema, wrong)))
        .contains("phone", "colour", "name", "zone");
  }

  @Test
  void everyFieldSaysWhatItIsAndAllowsNoOthers() {
    assertThat(unexplained(schema, "")).isEmpty();
    ObjectNode broken = schema.deepCopy();
    ((ObjectNode) broken.at("/$defs/location")).remove("additionalProperties");
    ((ObjectNode) broken.at("/$defs/holds/properties/seconds")).remove("description");
    assertThat(unexplained(broken, ""))
        .containsExactlyInAnyOrder("/$defs/location is open", "/$defs/holds/properties/seconds");
  }

  private static List<String> unexplained(JsonNode node, String path) {
    List<String> found = new ArrayList<>();
    boolean objectSchema = node.path("type").asText().equals("object");
    if (objectSchema && !node.path("additionalProperties").isBoolean()) {
      found.add(path + " is open");
    }
    boolean propertyOfObject =
        path.matches(".*/properties/[^/]+") && !path.matches(".*/(if|then)/.*");
    if (propertyOfObject && !node.has("description")) {
      found.add(path);
    }
    node.properties()
        .forEach(it -> found.addAll(unexplained(it.getValue(), path + "/" + it.getKey())));
    return found;
  }
}
