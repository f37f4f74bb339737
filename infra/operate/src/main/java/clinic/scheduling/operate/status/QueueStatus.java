package clinic.scheduling.operate.status;

import clinic.scheduling.operate.aws.AwsAction;
import clinic.scheduling.operate.deadletters.DeadLetter;
import clinic.scheduling.operate.deadletters.DeadLetterQueue;
import clinic.scheduling.operate.installation.Installation;
import clinic.scheduling.operate.installation.QueueName;
import clinic.scheduling.operate.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How many messages wait in each queue and for how long, and what is dead and why. */
final class QueueStatus {
  private static final Duration LATE = Duration.ofMinutes(5);

  /** The reason of more dead letters than this is not looked up in the log. */
  private static final int MOST_LOOKED_UP = 100;

  private static final String LINE = "%-20s %8s %10s %12s %6s";

  private final Installation installation;
  private final Output output;
  private final Instant now;
  private final ArrayNode json = JsonNodeFactory.instance.arrayNode();
  private final List<String> lines = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private QueueStatus(Installation installation, Output output, Instant now) {
    this.installation = installation;
    this.output = output;
    this.now = now;
  }

  static Part of(Installation installation, Output output, Instant now) {
    QueueStatus status = new QueueStatus(installation, output, now);
    status.lines.add(LINE.formatted("queue", "waiting", "in flight", "oldest", "dead"));
    for (QueueName queue : QueueName.values()) {
      status.add(queue);
    }
    return new Part("queues", status.json, status.lines, status.wrong);
  }

  private void add(QueueName queue) {
    ObjectNode one = json.addObject().put("queue", queue.word());
    Count dead = count(installation.deadLettersUrl(queue));
    String waiting = "-";
    String inFlight = "-";
    String age = "-";
    if (queue.takesReplays()) {
      Count count = count(installation.url(queue));
      waiting = Integer.toString(count.waiting());
      inFlight = Integer.toString(count.inFlight());
      one.put("waiting", count.waiting()).put("inFlight", count.inFlight());
      Optional<Duration> oldest =
          installation.oldest(queue).map(since -> Duration.between(since, now));
      age = oldest.map(it -> it.toSeconds() + " s").orElse("-");
      oldest.ifPresent(it -> one.put("oldestSeconds", it.toSeconds()));
      if (oldest.filter(it -> it.compareTo(LATE) > 0).isPresent()) {
        wrong.add(queue.word() + " is late");
      }
    }
    one.put("dead", dead.all());
    lines.add(LINE.formatted(queue.word(), waiting, inFlight, age, dead.all()));
    if (dead.all() > 0) {
      wrong.add(dead.all() + " dead letters of " + queue.word());
      addReasons(queue, one.putObject("reasons"), dead.all());
    }
  }

  private void addReasons(QueueName queue, ObjectNode reasons, int dead) {
    if (dead > MOST_LOOKED_UP) {
      lines.add("  too many to look up: see operate dead-letters list");
      return;
    }
    output.progress("looking up the reasons of " + dead + " dead letters of " + queue.word());
    Map<String, Long> counts =
        DeadLetterQueue.of(queue, installation).list(output).stream()
            .collect(
                Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
    counts.forEach(
        (reason, times) -> {
          reasons.put(reason, times);
          lines.add("  " + times + " x " + reason);
        });
  }

  /** Numbers as SQS has them, which are approximate. */
  private record Count(int waiting, int inFlight) {
    int all() {
      return waiting + inFlight;
    }
  }

  private Count count(String url) {
    Map<QueueAttributeName, String> found =
        AwsAction.call(
            "GetQueueAttributes",
            () ->
                installation
                    .sqs()
                    .getQueueAttributes(
                        ask ->
                            ask.queueUrl(url)
                                .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes());
    return new Count(
        number(found, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
            + number(found, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
        number(found, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private static int number(Map<QueueAttributeName, String> found, QueueAttributeName name) {
    return Integer.parseInt(found.getOrDefault(name, "0"));
  }
}
