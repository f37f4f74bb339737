package clinic.scheduling.system;

import static clinic.scheduling.system.Patience.inTheEnd;
import static clinic.scheduling.system.Patience.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.stores.QueuedMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * After the first deployment there is no practice document. Until the clinic puts one, every
 * function runs, does nothing and logs no error; then the same processes take it up.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BeforeTheFirstDocumentTest {
  private static final String NOTICE =
      "{\"v\":1,\"event\":\"APPOINTMENT_UPDATED\",\"appointment\":\"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801\"}";
  private static final List<String> QUEUES =
      List.of("appointment-changes", "calendar-changes", "patient-messages", "message-events");
  private static final List<String> TASKS = List.of("reconcile", "reminders", "renewals", "polls");

  private static RunningSystem system;

  @BeforeAll
  static void start() throws Exception {
    system =
        RunningSystem.start(
            Path.of("target/before"),
            List.of("--processes=1"),
            Map.of("PRACTICE", "table:default"));
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  @Order(1)
  void callersAreToldAndTheHealthSaysSo() throws Exception {
    assertThat(once("GET", "/health", Map.of(), "").json().path("setUp").asBoolean(true)).isFalse();
    assertNotSetUp(once("GET", "/catalog", Map.of(), ""));
    assertNotSetUp(once("GET", Client.slotsPath(), Map.of(), ""));
    assertNotSetUp(once("GET", "/appointments/1", Map.of("Authorization", "Bearer any"), ""));
    assertNotSetUp(once("POST", "/webhooks/canvas", signed(), NOTICE));
  }

  @Test
  @Order(2)
  void theHandshakeOfOutlookWorks() throws Exception {
    String path = "/webhooks/outlook?validationToken=sesame";

    assertThat(once("POST", path, Map.of(), "").text()).isEqualTo("sesame");
  }

  @Test
  @Order(3)
  void schedulesDoNothing() throws Exception {
    for (String task : TASKS) {
      assertThat(run(task).toString()).contains("\"setUp\":false");
    }
  }

  @Test
  @Order(4)
  void messagesStayInTheirQueues() throws Exception {
    for (String queue : QUEUES) {
      system.poison(queue, "{\"v\":1}");
    }

    for (String function : List.of("SyncCalendars", "MirrorMeetings", "SendMessage")) {
      upTo(60).until(() -> lines(function).anyMatch("not-set-up"::equals));
    }
    for (String queue : QUEUES) {
      assertThat(system.stores().messages(queue))
          .singleElement()
          .matches(message -> message.state() == QueuedMessage.State.IN_FLIGHT);
    }
  }

  @Test
  @Order(5)
  void nothingOfItIsAnErrorOrAFailedStart() throws Exception {
    assertThat(system.logs().texts().values())
        .isNotEmpty()
        .noneMatch(log -> log.contains("\"level\":\"ERROR\""))
        .noneMatch(log -> log.contains("start-failed"));
  }

  @Test
  @Order(6)
  void theSameProcessesTakeUpTheDocument() throws Exception {
    List<Long> before = system.processes("FindSlots").ids().get();
    new Aws(system.stores())
        .putPractice("default", Files.readString(Path.of("../../infra/practice.example.json")));

    inTheEnd(
        () ->
            assertThat(once("GET", "/health", Map.of(), "").json().path("setUp").asBoolean())
                .isTrue());

    assertThat(system.client().slot().slot()).isNotBlank();
    inTheEnd(
        () ->
            assertThat(once("POST", "/webhooks/canvas", signed(), NOTICE).status()).isEqualTo(202));
    inTheEnd(() -> assertThat(run("reminders").has("setUp")).isFalse());
    assertThat(system.processes("FindSlots").ids().get()).isEqualTo(before);
    assertThat(system.stores().rows("Table", "setup")).hasSize(1);
  }

  private static Map<String, String> signed() throws Exception {
    return system.signer().headers("msg-" + System.nanoTime(), Instant.now(), NOTICE);
  }

  private static Client.Answer once(
      String method, String path, Map<String, String> headers, String body) throws Exception {
    return system.client().once(method, path, headers, body);
  }

  private static void assertNotSetUp(Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().path("type").asText())
        .isEqualTo("urn:problem-type:scheduling:not-set-up");
  }

  private static JsonNode run(String task) throws Exception {
    return system.clinic().run(task, "");
  }

  private static Stream<String> lines(String function) throws Exception {
    return system.logs().of(function).map(line -> line.path("message").asText());
  }
}
