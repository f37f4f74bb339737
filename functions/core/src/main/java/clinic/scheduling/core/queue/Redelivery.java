package clinic.scheduling.core.queue;

import clinic.scheduling.core.Log;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Says when a failed message comes back, instead of the queue's own time-out. The waits grow, 2, 4,
 * 8 seconds and on to 15 minutes, so that the deliveries of one message outlast an outage of some
 * hours before it becomes a dead letter.
 *
 * <p>If SQS cannot be asked, the queue's time-out holds; nothing is thrown.
 */
public final class Redelivery {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int GROWTH = 2;
  private static final String DELIVERIES = "ApproximateReceiveCount";

  private final SqsClient sqs;
  private final String queueUrl;
  private final Log log = Log.of(Redelivery.class);

  /**
   * @param queueUrl of the queue that the messages come from
   */
  public Redelivery(SqsClient sqs, String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /** After a failure that may pass: not before {@code asked} is over, at most 15 minutes. */
  public void postpone(SQSMessage message, Duration asked) {
    Duration wait = usual(deliveries(message));
    comeBack(message, asked.compareTo(wait) > 0 ? asked : wait);
  }

  /** After a failure that will not pass: at once, so that it is soon a dead letter. */
  public void hurry(SQSMessage message) {
    comeBack(message, Duration.ofSeconds(1));
  }

  private static Duration usual(int deliveries) {
    Duration wait = FIRST;
    for (int n = 1; n < deliveries && wait.compareTo(LONGEST) < 0; n++) {
      wait = wait.multipliedBy(GROWTH);
    }
    return wait;
  }

  /** SQS counts whole seconds; a delay that was asked for must not be cut short. */
  private void comeBack(SQSMessage message, Duration wait) {
    int seconds = (int) Math.min(LONGEST.toSeconds(), wait.plusMillis(999).toSeconds());
    try {
      sqs.changeMessageVisibility(
          change ->
              change
                  .queueUrl(queueUrl)
                  .receiptHandle(message.getReceiptHandle())
                  .visibilityTimeout(seconds));
    } catch (SdkException e) {
      log.failure("postponement-failed", e);
    }
  }

  /** How often the message has come, this time included; 1 where that is not said. */
  private static int deliveries(SQSMessage message) {
    Map<String, String> attributes =
        message.getAttributes() == null ? Map.of() : message.getAttributes();
    String count = attributes.getOrDefault(DELIVERIES, "1");
    return count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 1;
  }
}
