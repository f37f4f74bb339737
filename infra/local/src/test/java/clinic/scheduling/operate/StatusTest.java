package clinic.scheduling.operate;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.practice.CalendarBinding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One screen shows everything that a person has to act on, and nothing of it hides the rest. */
class StatusTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLINICIANS =
      """
      [{"id": "ingrid", "canvasId": "staff-1", "name": "Ingrid", "calendars": [
         {"provider": "outlook", "address": "ingrid@example.invalid", "policy": "busy",
          "direction": "both"}]},
       {"id": "otto", "canvasId": "staff-2", "name": "Otto"}]""";

  @TempDir Path folder;
  private OperatedStores stores;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @BeforeEach
  void start() throws Exception {
    stores = OperatedStores.start();
    ObjectNode practice = (ObjectNode) JSON.readTree(Path.of("../practice.example.json").toFile());
    practice
        .withObject("/meetings/eventType")
        .put("system", "http://snomed.info/sct")
        .put("code", "272379006");
    practice.set("practitioners", JSON.readTree(CLINICIANS));
    String text = JSON.writeValueAsString(practice.toString());
    row("practice#default", "document", "{\"json\": {\"S\": " + text + "}}");
  }

  @AfterEach
  void stop() {
    stores.close();
  }

  @Test
  void whereAllIsWellItSaysSo() throws Exception {
    certificates(certificate("ingrid", "agrees", now), certificate("otto", "repairing", now));

    OperatedStores.Ran ran = stores.local(folder, "status");

    assertThat(ran.out())
        .contains("commit c0ffee, practice document: version 1")
        .endsWith("\nall is well\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void everythingThatIsWrongIsNamed() throws Exception {
    stores.aws().queues().send("appointment-changes", "{}");
    stores.aws().queues().send("appointment-changes-dead-letters", "{\"appointment\": \"a-1\"}");
    certificates(
        certificate("ingrid", "agrees", now.minusSeconds(7200)),
        certificate("ingrid", "held", now),
        certificate("ingrid", "agrees", now).replace("dryRun=false", "dryRun=true"));
    String binding = binding();
    row("meetings#staff-1", "round#" + binding, "{\"stopped\": {\"S\": \"removals\"}}");
    row("binding#" + binding, "denied", "{\"since\": {\"S\": \"2026-01-01T00:00:00Z\"}}");
    String today = "trouble#" + LocalDate.ofInstant(now, ZoneOffset.UTC);
    row(today, "doubt#a-1#3#email", "{\"state\": {\"S\": \"open\"}, \"since\": {\"S\": \"x\"}}");
    row(today, "doubt#a-2#1#sms", "{\"state\": {\"S\": \"settled\"}}");
    row(today, "untold#a-3#1", "{\"visit\": {\"S\": \"a-3\"}}");

    OperatedStores.Ran ran = stores.local(folder, "status", "--json");

    JsonNode answer = JSON.readTree(ran.out());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(texts(answer.path("wrong")))
        .containsExactlyInAnyOrder(
            "1 dead letters of appointment-changes",
            "the last certificate of ingrid says held",
            "no certificate of otto in the last 24 hours",
            "calendar " + binding + " of ingrid stopped: removals",
            "calendar " + binding + " of ingrid denied: since 2026-01-01T00:00:00Z",
            "1 messages in doubt",
            "1 changes that no channel could tell a patient");
    assertThat(answer.at("/queues/0/waiting").asInt()).isOne();
    assertThat(answer.at("/queues/0/oldestSeconds").isNumber()).isTrue();
    assertThat(answer.at("/queues/0/reasons/the log says nothing any more").asInt()).isOne();
    assertThat(answer.at("/messages/inDoubt/0/message").asText()).isEqualTo("a-1#3#email");
    assertThat(ran.out()).doesNotContain("example.invalid");
  }

  @Test
  void aWrongPracticeDocumentDoesNotHideTheQueues() throws Exception {
    row("practice#default", "document", "{\"json\": {\"S\": \"{}\"}}");
    stores.aws().queues().send("upkeep-dead-letters", "{\"task\": \"reconcile\"}");

    OperatedStores.Ran ran = stores.local(folder, "status");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains(
            "WRONG: 1 dead letters of upkeep",
            "WRONG: the practice document is refused",
            "no message");
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  /** The name of the calendar in rows, as the tool itself shows it. */
  private String binding() {
    return new CalendarBinding(
            CalendarBinding.Provider.OUTLOOK,
            "ingrid@example.invalid",
            CalendarBinding.Policy.BUSY,
            false,
            CalendarBinding.Direction.BOTH,
            null)
        .key();
  }

  private void certificates(String... lines) throws Exception {
    Path logs = Files.createDirectories(folder.resolve("infra/local/target/local/logs"));
    Files.write(logs.resolve("RunUpkeep-1.log"), List.of(lines));
  }

  private static String certificate(String practitioner, String outcome, Instant at) {
    return """
        {"timestamp":"%s","level":"INFO","message":"certificate outcome=%s wanted=3 equal=true \
        dryRun=false","mdc":{"practitioner":"%s"}}"""
        .formatted(at, outcome, practitioner);
  }

  private void row(String partition, String sort, String fields) throws Exception {
    stores.putRow(
        JSON.readTree(
            """
            {"pk": {"S": "%s"}, "sk": {"S": "%s"}, "version": {"N": "1"},
             "expires": {"N": "4102444800"}, "fields": {"M": %s}}"""
                .formatted(partition, sort, fields)));
  }
}
