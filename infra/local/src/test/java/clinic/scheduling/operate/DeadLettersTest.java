package clinic.scheduling.operate;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.stores.QueuedMessage;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command shows dead letters by ids and reasons only, and loses none when it replays them. */
class DeadLettersTest {
  private static final String CHANGES = "appointment-changes";
  private static final String MESSAGES = "patient-messages";
  private static final String EVENTS = "message-events";
  private static final String CALENDARS = "calendar-changes";
  private static final String DEAD = CHANGES + "-dead-letters";
  private static final String GOOD =
      "{\"v\":1,\"appointment\":\"0a1b2c3d-0000-4000-8000-00000000%04d\",\"noticeId\":\"n-%d\"}";
  private static final String ONE =
      "{\"Messages\":[{\"MessageId\":\"m-1\",\"ReceiptHandle\":\"r\",\"Body\":\"{}\","
          + "\"MD5OfBody\":\"99914b932bd37a50b983c5e7c90ae93b\"}]}";
  private static OperatedStores stores;
  private static EmbeddedAws aws;

  @TempDir Path repository;
  private String out = "";
  private String err = "";

  @BeforeAll
  static void start() throws Exception {
    stores = OperatedStores.start();
    aws = stores.aws();
  }

  @AfterAll
  static void stop() {
    stores.close();
  }

  @BeforeEach
  void empty() throws Exception {
    stores.emptyQueues();
  }

  @Test
  void aDeadLetterIsShownByItsIdsAndTheReasonOfTheLog() throws Exception {
    aws.queues().send(DEAD, GOOD.formatted(1, 1));
    String id = aws.messages(DEAD).get(0).id();
    log(
        "SyncCalendars-2.log",
        line("INFO", id, "planned verdict=SHOWN"),
        line("WARN", id, "later system=calendar delay=PT5S"),
        line("WARN", "another", "later system=canvas"),
        line("ERROR", id, "sync-failed class=IllegalStateException"),
        "no JSON " + id);

    assertThat(run("list")).isZero();

    assertThat(out)
        .contains(CHANGES + " " + id)
        .contains("appointment=0a1b2c3d-0000-4000-8000-000000000001 noticeId=n-1")
        .contains("reason=sync-failed class=IllegalStateException")
        .endsWith("1 dead\n");
  }

  @Test
  void whateverAMessageSaysOnlyIdsAreShown() throws Exception {
    aws.queues().send(DEAD, "Averycanary Canaryson");
    aws.queues().send(DEAD, "{\"appointment\":\"Averycanary Canaryson\",\"name\":\"Averycanary\"}");

    assertThat(run("list")).isZero();

    assertThat(out).contains("unreadable").doesNotContain("canary").endsWith("2 dead\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {MESSAGES, EVENTS})
  void whatSendMessageGaveUpIsShownWithItsReasonAndReplayed(String queue) throws Exception {
    String body = "{\"Type\":\"Notification\",\"Message\":\"Averycanary@example.invalid\"}";
    aws.queues().send(queue + "-dead-letters", body);
    String id = aws.messages(queue + "-dead-letters").get(0).id();
    log(
        "SendMessage-1.log",
        line("ERROR", id, "event-failed place=ReadEvent")
            .replace("{\"message\":\"" + id, "{\"message\":\"a-visit#1\",\"sqs\":\"" + id));

    assertThat(run("list", "--queue", queue)).isZero();
    assertThat(out)
        .contains(queue + " " + id, "reason=event-failed place=ReadEvent")
        .doesNotContain("canary")
        .endsWith("1 dead\n");

    assertThat(run("replay", "--queue", queue)).isZero();
    assertThat(stores.bodies(queue)).containsExactly(body);
    assertThat(aws.messages(queue + "-dead-letters")).isEmpty();
  }

  @Test
  void lookingTakesNothingAway() throws Exception {
    aws.queues().send(DEAD, GOOD.formatted(1, 1));
    run("list");

    assertThat(run("list")).isZero();

    assertThat(out).endsWith("1 dead\n");
  }

  @Test
  void moreThanOneAnswerHoldsAreAllReplayedOnce() throws Exception {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      sent.add(GOOD.formatted(i, i));
      aws.queues().send(DEAD, sent.get(i));
    }

    assertThat(run("replay")).isZero();

    assertThat(stores.bodies(CHANGES)).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(aws.messages(DEAD)).isEmpty();
    assertThat(out).endsWith("25 replayed\n");
  }

  @Test
  void oneCanBeReplayedByItself() throws Exception {
    aws.queues().send(DEAD, GOOD.formatted(1, 1));
    aws.queues().send(DEAD, GOOD.formatted(2, 2));
    QueuedMessage first = aws.messages(DEAD).get(0);

    assertThat(run("replay", "--queue", CHANGES, "--id", first.id())).isZero();

    assertThat(stores.bodies(CHANGES)).containsExactly(first.body());
    assertThat(aws.messages(DEAD)).hasSize(1);
    assertThat(aws.messages(DEAD).get(0).state()).isEqualTo(QueuedMessage.State.WAITING);
  }

  @Test
  void onAwsTheOutputsOfTheStackNameTheQueues() throws Exception {
    aws.queues().send(MESSAGES, GOOD.formatted(1, 1));
    aws.queues().send(EVENTS, GOOD.formatted(2, 2));

    // A stack may name its queues as it likes.
    assertThat(
            onAws(
                Map.of(
                    "AppointmentChangesUrl", aws.queues().url(CALENDARS),
                    "AppointmentChangesDeadLettersUrl", aws.queues().url(MESSAGES)),
                aws.sqs(),
                "replay"))
        .as(err)
        .isZero();
    assertThat(out).endsWith("1 replayed\n");
    assertThat(stores.bodies(CALENDARS)).containsExactly(GOOD.formatted(1, 1));
    assertThat(stores.bodies(MESSAGES)).isEmpty();
    assertThat(stores.bodies(EVENTS)).hasSize(1);
  }

  @Test
  void aStackOfAnOlderTemplateIsAFailureThatNamesTheOutput() throws Exception {
    assertThat(onAws(Map.of(), aws.sqs(), "list")).isEqualTo(1);
    assertThat(err).contains("has no output AppointmentChangesDeadLettersUrl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
  void onAwsAMissingKeyIsNamed(String missing) throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            Map.of("AWS_REGION", "r", "AWS_ACCESS_KEY_ID", "k", "AWS_SECRET_ACCESS_KEY", "s"));
    environment.remove(missing);

    assertThat(execute(environment, "list", "--stack", "scheduling")).isEqualTo(2);
    assertThat(err).isEqualTo(missing + " is not set; see operate dead-letters list --help\n");
  }

  /** If an answer is lost, SQS may have taken the message; and a message may contain anything. */
  @ParameterizedTest
  @ValueSource(ints = {503, 0})
  void aMessageThatMayHaveBeenSentIsNotSentAgainAndTheFailureNamesItsAction(int status)
      throws Exception {
    AtomicInteger sent = new AtomicInteger();
    AtomicReference<String> waiting = new AtomicReference<>(ONE);
    try (Server sqs = Server.start(0)) {
      sqs.mount(
          "/",
          call ->
              switch (call.header("X-Amz-Target").orElse("")) {
                case "AmazonSQS.ReceiveMessage" -> Reply.json(200, waiting.getAndSet("{}"));
                case "AmazonSQS.SendMessage" -> {
                  sent.incrementAndGet();
                  yield status == 0 ? Reply.cut() : Reply.json(status, "{\"message\":\"canary\"}");
                }
                default -> Reply.json(200, "{}");
              });
      URI url = URI.create("http://localhost:" + sqs.port());

      Map<String, String> outputs =
          Map.of(
              "AppointmentChangesUrl", url + "/q", "AppointmentChangesDeadLettersUrl", url + "/d");
      assertThat(onAws(outputs, url, "replay")).isEqualTo(1);
    }
    assertThat(sent).hasValue(1);
    assertThat(err).startsWith("SendMessage: ").doesNotContain("canary");
    assertThat(err.contains("503")).isEqualTo(status == 503);
  }

  private int onAws(Map<String, String> outputs, URI sqs, String verb) throws Exception {
    try (StackStandIn stack = StackStandIn.start(outputs, Map.of())) {
      return execute(
          stack.environment(Map.of("SQS", sqs.toString())),
          verb,
          "--stack",
          "scheduling",
          "--queue",
          CHANGES);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop",
        "list --local --id x",
        "list --local --queue other",
        "replay --local --queue",
        "list --local --colour",
        "list --stack x --local",
        "replay --local --queue upkeep",
        "list"
      })
  void aCommandThatIsNotUnderstoodDoesNothingAndSaysWhy(String words) throws Exception {
    assertThat(execute(Map.of(), words.split(" "))).isEqualTo(2);
    assertThat(err).contains("; see operate").contains("--help");
  }

  @Test
  void helpExplainsAndALocalRunThatIsNotThereIsAFailure() throws Exception {
    for (String verb : List.of("list", "replay")) {
      assertThat(execute(Map.of(), verb, "--help")).isZero();
      assertThat(out).contains("--stack", "--local", "--json", "Example:");
    }
    assertThat(execute(Map.of(), "list", "--local", "--port", "1")).isEqualTo(1);
    assertThat(err).contains("there is no local run at http://localhost:1/");
  }

  @Test
  void whatIsShownIsJsonIfSomebodyAsksForIt() throws Exception {
    aws.queues().send(DEAD, GOOD.formatted(1, 1));
    String id = aws.messages(DEAD).get(0).id();

    assertThat(run("list", "--json")).isZero();

    JsonNode answer = new ObjectMapper().readTree(out);
    assertThat(answer.path("dead").asInt()).isOne();
    assertThat(answer.at("/deadLetters/0/id").asText()).isEqualTo(id);
    assertThat(answer.at("/deadLetters/0/queue").asText()).isEqualTo(CHANGES);
    assertThat(answer.at("/deadLetters/0/ids/noticeId").asText()).isEqualTo("n-1");

    assertThat(run("replay", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out).at("/replayed/0/id").asText()).isEqualTo(id);
  }

  @Test
  void aRunOfUpkeepThatFailedIsShownByItsTaskAndStaysWhereItIs() throws Exception {
    aws.queues()
        .send(
            "upkeep-dead-letters",
            "{\"requestContext\":{\"condition\":\"RetriesExhausted\"},"
                + "\"requestPayload\":{\"task\":\"reconcile\"}}");

    assertThat(run("list")).isZero();
    assertThat(out).contains("upkeep ", " task=reconcile ");

    assertThat(run("replay")).isZero();
    assertThat(stores.bodies("upkeep-dead-letters")).hasSize(1);
  }

  private int run(String... words) throws Exception {
    return kept(stores.local(repository, inGroup(words)));
  }

  private int execute(Map<String, String> environment, String... words) throws Exception {
    return kept(OperatedStores.execute(repository, environment, inGroup(words)));
  }

  private static String[] inGroup(String... words) {
    return Stream.concat(Stream.of("dead-letters"), Stream.of(words)).toArray(String[]::new);
  }

  private int kept(OperatedStores.Ran ran) {
    out = ran.out();
    err = ran.err();
    return ran.code();
  }

  private void log(String file, String... lines) throws IOException {
    Path folder = repository.resolve("infra/local/target/local/logs");
    Files.createDirectories(folder);
    Files.write(folder.resolve(file), List.of(lines));
  }

  private static String line(String level, String message, String words) {
    return "{\"level\":\"%s\",\"message\":\"%s\",\"mdc\":{\"message\":\"%s\"}}"
        .formatted(level, words, message);
  }
}
