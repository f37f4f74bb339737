package clinic.scheduling.simulation;

import clinic.scheduling.core.queue.Queue;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;

/** The queues as one process sees them: a successful send may be reported as an error. */
final class QueueView implements SqsClient {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
  private static final double UNANSWERED_PERCENT = 0.5;
  private static final ChangeMessageVisibilityResponse DONE =
      ChangeMessageVisibilityResponse.builder().build();

  private final Run run;
  private final Process process;
  private final Map<String, SimulatedQueue> byUrl;

  QueueView(Run run, Process process, Map<String, SimulatedQueue> byUrl) {
    this.run = run;
    this.process = process;
    this.byUrl = byUrl;
  }

  <T> Queue<T> queue(SimulatedQueue box) {
    return (message, delay) -> send(box, message, delay);
  }

  private void send(SimulatedQueue box, Object message, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("a delay is 0 to 15 minutes: " + delay);
    }
    process.work.sends++;
    process.effect(
        EffectKind.QUEUE_SEND,
        () -> {
          fail();
          box.send(message, delay.toMillis());
          fail();
          return true;
        });
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(
      ChangeMessageVisibilityRequest request) {
    return process.effect(
        EffectKind.VISIBILITY,
        () -> {
          fail();
          SimulatedQueue box = byUrl.get(request.queueUrl());
          if (box == null) {
            throw new IllegalStateException("no queue " + request.queueUrl());
          }
          box.hide(request.receiptHandle(), request.visibilityTimeout());
          return DONE;
        });
  }

  private void fail() {
    if (!run.faults.isClear() && run.random.percent(UNANSWERED_PERCENT)) {
      run.result.count(Counter.COMMITTED_UNANSWERED);
      throw SdkClientException.create("no answer");
    }
  }

  @Override
  public String serviceName() {
    return "sqs";
  }

  @Override
  public void close() {}
}
