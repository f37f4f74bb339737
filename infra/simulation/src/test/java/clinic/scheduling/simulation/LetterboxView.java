package clinic.scheduling.simulation;

import clinic.scheduling.core.queue.Queue;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;

/** The queues as one process reaches them: a send that took hold may end in an error. */
final class LetterboxView implements SqsClient {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
  private static final double UNANSWERED_PERCENT = 0.5;
  private static final ChangeMessageVisibilityResponse DONE =
      ChangeMessageVisibilityResponse.builder().build();

  private final Run run;
  private final Process process;
  private final Map<String, Letterbox> byUrl;

  LetterboxView(Run run, Process process, Map<String, Letterbox> byUrl) {
    this.run = run;
    this.process = process;
    this.byUrl = byUrl;
  }

  <T> Queue<T> queue(Letterbox box) {
    return (message, delay) -> send(box, message, delay);
  }

  private void send(Letterbox box, Object message, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("a delay is 0 to 15 minutes: " + delay);
    }
    process.work.sends++;
    process.effect(
        Boundary.QUEUE_SEND,
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
        Boundary.VISIBILITY,
        () -> {
          fail();
          Letterbox box = byUrl.get(request.queueUrl());
          if (box == null) {
            throw new IllegalStateException("no queue " + request.queueUrl());
          }
          box.hide(request.receiptHandle(), request.visibilityTimeout());
          return DONE;
        });
  }

  private void fail() {
    if (!run.weather.isClear() && run.chance.percent(UNANSWERED_PERCENT)) {
      run.tally.count(Counted.COMMITTED_UNANSWERED);
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
