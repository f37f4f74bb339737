package clinic.scheduling.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.stores.QueuedMessage;
import clinic.scheduling.local.stores.QueuedMessage.State;
import clinic.scheduling.local.template.Deployment.QueueSource;
import clinic.scheduling.local.template.Deployment.QueueSpec;
import clinic.scheduling.local.testing.TestFunctions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message is deleted after it was processed. If it keeps failing, it becomes a dead letter. */
class EventSourceMappingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  @TempDir static Path folder;

  private static FunctionPool function;
  private static EmbeddedAws aws;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final String queue = "work-" + UUID.randomUUID();
  private final String dead = queue + "-dead";

  @BeforeAll
  static void start() throws Exception {
    function = TestFunctions.start(folder, 5, 2);
    aws = EmbeddedAws.start();
  }

  @AfterAll
  static void stop() {
    function.close();
    aws.close();
  }

  @Test
  void goodMessagesAreDeletedAndBadOnesComeBackUntilTheyAreDead() throws Exception {
    queues(1, 2);
    try (EventSourceMapping feed = feed(true)) {
      for (String body : List.of("good 1", "bad 2", "good 3")) {
        aws.queues().send(queue, body);
      }

      await().atMost(PATIENCE).until(() -> aws.messages(dead).size() == 1);
      await().atMost(PATIENCE).until(() -> aws.messages(queue).isEmpty());
    }
    assertThat(aws.messages(dead)).extracting(QueuedMessage::body).containsExactly("bad 2");
  }

  @Test
  void anAnswerAgainstTheRulesFailsTheWholeBatch() throws Exception {
    queues(30, 5);
    aws.queues().send(queue, "do=nonsense");
    aws.queues().send(queue, "good");
    try (EventSourceMapping feed = feed(true)) {
      await().atMost(PATIENCE).until(() -> log.stream().anyMatch(line -> line.contains("none of")));
    }
    assertThat(aws.messages(queue)).extracting(QueuedMessage::body).contains("do=nonsense");
  }

  @Test
  void anErrorOfTheFunctionFailsTheWholeBatch() throws Exception {
    queues(30, 5);
    aws.queues().send(queue, "do=error");
    try (EventSourceMapping feed = feed(true)) {
      await().atMost(PATIENCE).until(() -> log.size() == 1);
    }
    assertThat(aws.messages(queue)).extracting(QueuedMessage::state).containsOnly(State.IN_FLIGHT);
  }

  @Test
  void withoutPartialAnswersAnyAnswerDeletesTheBatch() throws Exception {
    queues(30, 5);
    aws.queues().send(queue, "bad but not asked");
    try (EventSourceMapping feed = feed(false)) {
      await().atMost(PATIENCE).until(() -> log.size() == 1);
    }
    assertThat(aws.messages(queue)).isEmpty();
  }

  @Test
  void lookingAtAQueueTakesNothing() throws Exception {
    queues(30, 5);
    aws.queues().send(queue, "look at me");

    for (int i = 0; i < 10; i++) {
      assertThat(aws.messages(queue)).extracting(QueuedMessage::state).containsOnly(State.WAITING);
    }

    var received = aws.queues().receive(queue, 10, 0);
    assertThat(received).hasSize(1);
    assertThat(received.get(0).at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(aws.messages(queue)).extracting(QueuedMessage::state).containsOnly(State.IN_FLIGHT);
  }

  @Test
  void theLogHoldsNoBodies() throws Exception {
    queues(30, 5);
    aws.queues().send(queue, "canary");
    try (EventSourceMapping feed = feed(true)) {
      await().atMost(PATIENCE).until(() -> log.size() == 1);
    }
    assertThat(log).noneMatch(line -> line.contains("canary"));
  }

  private EventSourceMapping feed(boolean partial) {
    QueueSource source = new QueueSource("Test", queue, 10, partial, 2);
    return EventSourceMapping.start(source, aws.queues(), function, Clock.systemUTC(), log::add);
  }

  private void queues(int visibilitySeconds, int receives) throws Exception {
    String redrive =
        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:%s\",\"maxReceiveCount\":%d}"
            .formatted(dead, receives);
    aws.createQueues(
        List.of(
            new QueueSpec(
                queue,
                Map.of(
                    "VisibilityTimeout",
                    String.valueOf(visibilitySeconds),
                    "RedrivePolicy",
                    redrive),
                Optional.of(dead)),
            new QueueSpec(dead, Map.of(), Optional.empty())));
  }
}
