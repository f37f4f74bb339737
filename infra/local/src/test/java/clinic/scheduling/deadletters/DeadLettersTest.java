package clinic.scheduling.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.stores.QueuedMessage;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
  private static final Path BUILT = Path.of("../dead-letters/target").toAbsolutePath().normalize();
  private static EmbeddedAws aws;
  private static Server pages;

  @TempDir Path repository;
  private String out = "";
  private String err = "";

  @BeforeAll
  static void start() throws Exception {
    aws = EmbeddedAws.start();
    for (String queue : List.of(CHANGES, MESSAGES, EVENTS, CALENDARS)) {
      aws.queues().create(queue, Map.of());
      aws.queues().create(queue + "-dead-letters", Map.of());
    }
    String page = "{\"endpoint\":\"" + aws.sqs() + "\"}";
    pages = Server.start(0).mount("/local/queues", call -> Reply.json(200, page));
  }

  @AfterAll
  static void stop() {
    pages.close();
    aws.close();
  }

  @BeforeEach
  void empty() throws Exception {
    for (String queue : List.of(CHANGES, DEAD, MESSAGES, EVENTS, CALENDARS)) {
      while (!aws.messages(queue).isEmpty()) {
        List<String> handles =
            aws.queues().receive(queue, 10, 1).stream()
                .map(message -> message.path("ReceiptHandle").asText())
                .toList();
        aws.queues().delete(queue, handles);
      }
    }
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
    assertThat(bodies(queue)).containsExactly(body);
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

    assertThat(bodies(CHANGES)).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(aws.messages(DEAD)).isEmpty();
    assertThat(out).endsWith("25 replayed\n");
  }

  @Test
  void oneCanBeReplayedByItself() throws Exception {
    aws.queues().send(DEAD, GOOD.formatted(1, 1));
    aws.queues().send(DEAD, GOOD.formatted(2, 2));
    QueuedMessage first = aws.messages(DEAD).get(0);

    assertThat(run("replay", "--queue", CHANGES, "--id", first.id())).isZero();

    assertThat(bodies(CHANGES)).containsExactly(first.body());
    assertThat(aws.messages(DEAD)).hasSize(1);
    assertThat(aws.messages(DEAD).get(0).state()).isEqualTo(QueuedMessage.State.WAITING);
  }

  @Test
  void onAwsItsOwnKeysSignTheRequests() throws Exception {
    aws.queues().send(DEAD, GOOD.formatted(1, 1));

    assertThat(execute(onAws(aws.sqs()), "list")).as(err).isZero();
    assertThat(out).contains("name the --stack to read its log").endsWith("1 dead\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
  void onAwsAMissingKeyIsNamed(String missing) throws Exception {
    Map<String, String> environment = new HashMap<>(onAws(aws.sqs()));
    environment.remove(missing);

    assertThat(execute(environment, "list")).isEqualTo(2);
    assertThat(err).isEqualTo(missing + " is not set; see --help\n");
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
                case "AmazonSQS.GetQueueUrl" ->
                    Reply.json(200, "{\"QueueUrl\":\"http://localhost:" + sqs.port() + "/q\"}");
                case "AmazonSQS.ReceiveMessage" -> Reply.json(200, waiting.getAndSet("{}"));
                case "AmazonSQS.SendMessage" -> {
                  sent.incrementAndGet();
                  yield status == 0 ? Reply.cut() : Reply.json(status, "{\"message\":\"canary\"}");
                }
                default -> Reply.json(200, "{}");
              });
      URI url = URI.create("http://localhost:" + sqs.port());

      assertThat(execute(onAws(url), "replay", "--queue", CHANGES)).isEqualTo(1);
    }
    assertThat(sent).hasValue(1);
    assertThat(err).startsWith("SendMessage: ").doesNotContain("canary");
    assertThat(err.contains("503")).isEqualTo(status == 503);
  }

  private static Map<String, String> onAws(URI url) {
    return Map.of(
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "key",
        "AWS_SECRET_ACCESS_KEY", "secret",
        "AWS_ENDPOINT_URL", url.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop",
        "list --id x",
        "list --queue other",
        "replay --queue",
        "list --colour",
        "list"
      })
  void aCommandThatIsNotUnderstoodDoesNothingAndSaysWhy(String words) throws Exception {
    assertThat(execute(Map.of(), words.split(" "))).isEqualTo(2);
    assertThat(err).contains("see --help");
  }

  @Test
  void helpExplainsAndALocalRunThatIsNotThereIsAFailure() throws Exception {
    assertThat(run("--help")).isZero();
    assertThat(out).contains("dead-letters list", "dead-letters replay", "--local");

    assertThat(execute(Map.of(), "list", "--local", "1")).isEqualTo(1);
  }

  private int run(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--local", Integer.toString(pages.port())));
    return execute(Map.of(), all.toArray(String[]::new));
  }

  /**
   * Runs the command as its script does, in a process whose environment has only these AWS keys.
   */
  private int execute(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                BUILT.resolve("classes") + File.pathSeparator + BUILT.resolve("lib") + "/*",
                "clinic.scheduling.deadletters.DeadLetters"));
    command.addAll(List.of(words));
    Path output = repository.resolve("output");
    Path errors = repository.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    out = Files.readString(output);
    err = Files.readString(errors);
    return process.exitValue();
  }

  private static List<String> bodies(String queue) {
    return aws.messages(queue).stream().map(QueuedMessage::body).toList();
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
