package clinic.scheduling.local.events;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.lambda.Outcome;
import clinic.scheduling.local.stores.Queues;
import clinic.scheduling.local.template.Deployment.QueueSource;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Lambda's event source mapping for SQS: it receives batches from a queue, invokes a function with
 * them, and deletes the messages that succeeded. The others become visible again after the
 * visibility time-out, and the redrive policy of the queue moves them to the dead-letter queue.
 * Source: Lambda developer guide, with-sqs.
 */
public final class EventSourceMapping implements AutoCloseable {
  private static final int LONG_POLL_SECONDS = 20;
  private static final int MOST_MESSAGES = 10;
  private static final long PAUSE_AFTER_ERROR_MILLIS = 500;

  /** Longer than any function's time-out plus any wait for a process. */
  private static final long LIMIT_SECONDS = 20 * 60;

  private final QueueSource source;
  private final Queues queues;
  private final FunctionPool function;
  private final Clock clock;
  private final Consumer<String> log;
  private final List<Thread> pollers = new ArrayList<>();
  private volatile boolean closed;

  private EventSourceMapping(
      QueueSource source, Queues queues, FunctionPool function, Clock clock, Consumer<String> log) {
    this.source = source;
    this.queues = queues;
    this.function = function;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Starts polling. The concurrency of the mapping and the processes of the function limit how many
   * batches are in progress.
   *
   * @param log gets one line for each batch: queue, ids and result, but never a body
   */
  public static EventSourceMapping start(
      QueueSource source, Queues queues, FunctionPool function, Clock clock, Consumer<String> log) {
    EventSourceMapping feed = new EventSourceMapping(source, queues, function, clock, log);
    int count = Math.min(source.concurrency(), function.most());
    for (int i = 1; i <= count; i++) {
      Thread poller = new Thread(feed::poll, "poll-" + source.queue() + "-" + i);
      poller.setDaemon(true);
      feed.pollers.add(poller);
      poller.start();
    }
    return feed;
  }

  @Override
  public void close() {
    closed = true;
    pollers.forEach(Thread::interrupt);
  }

  private void poll() {
    while (!closed) {
      try {
        int most = Math.min(source.batchSize(), MOST_MESSAGES);
        List<JsonNode> messages = queues.receive(source.queue(), most, LONG_POLL_SECONDS);
        if (!messages.isEmpty()) {
          process(messages);
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        pause(e);
      }
    }
  }

  private void process(List<JsonNode> messages) throws IOException, InterruptedException {
    long start = clock.millis();
    Outcome outcome = call(SqsEvent.of(source.queue(), messages));
    BatchResult result = BatchResult.of(outcome, source.partialBatch(), ids(messages));
    Set<String> failed = result.failed();
    queues.delete(
        source.queue(),
        messages.stream()
            .filter(message -> !failed.contains(id(message)))
            .map(message -> message.path("ReceiptHandle").asText())
            .toList());
    log.accept(
        "%s %s -> %s: %d messages, failed %s, %d ms%s"
            .formatted(
                clock.instant(),
                source.queue(),
                source.function(),
                messages.size(),
                failed,
                clock.millis() - start,
                result.why()));
  }

  private Outcome call(byte[] event) throws InterruptedException {
    try {
      return function.invoke(event).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return new Outcome.Failed("Local.NoOutcome", String.valueOf(e.getMessage()));
    }
  }

  private void pause(IOException why) {
    if (closed) {
      return;
    }
    log.accept("%s %s: %s".formatted(clock.instant(), source.queue(), why.getMessage()));
    try {
      Thread.sleep(PAUSE_AFTER_ERROR_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> ids(List<JsonNode> messages) {
    return messages.stream().map(EventSourceMapping::id).toList();
  }

  private static String id(JsonNode message) {
    return message.path("MessageId").asText();
  }
}
