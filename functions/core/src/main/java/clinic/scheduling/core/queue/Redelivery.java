package clinic.scheduling.core.queue;

import clinic.scheduling.core.Log;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sets when a failed message is delivered again, by its visibility time-out (docs/facts/aws.md 2).
 * The delays grow from 2, 4 and 8 seconds to 15 minutes, so that a message survives an outage of
 * some hours before it becomes a dead letter.
 *
 * <p>If SQS does not answer, the queue's own visibility time-out applies; nothing is thrown.
 */
public final class Redelivery {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int GROWTH = 2;
  private static final Duration LATE = Duration.ofMinutes(5);
  private static final String DELIVERIES = "ApproximateReceiveCount";
  private static final String SENT = "SentTimestamp";

  private final SqsClient sqs;
  private final String queueUrl;
  private final Clock clock;
  private final Log log = Log.of(Redelivery.class);

  /**
   * @param queueUrl the queue that the messages come from
   */
  public Redelivery(SqsClient sqs, String queueUrl, Clock clock) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.clock = clock;
  }

  /** Whether the queue delivers the message for the first time, as far as it knows. */
  public static boolean isFirst(SQSMessage message) {
    return deliveries(message) <= 1;
  }

  /**
   * Call this after a temporary failure. The message is delivered again after {@code asked} or
   * later, but within 15 minutes.
   */
  public void postpone(SQSMessage message, Duration asked) {
    tellIfLate(message);
    Duration wait = backoff(deliveries(message));
    setVisibility(message, asked.compareTo(wait) > 0 ? asked : wait);
  }

  /**
   * Call this after a permanent failure. The message is delivered again after a second, so that it
   * soon becomes a dead letter.
   */
  public void retrySoon(SQSMessage message) {
    setVisibility(message, Duration.ofSeconds(1));
  }

  /**
   * Call this while nothing can be done and nothing is wrong. The message is delivered again after
   * 15 minutes, and is not counted as late.
   */
  public void putBack(SQSMessage message) {
    setVisibility(message, LONGEST);
  }

  /**
   * Logs a message that is older than five minutes and has failed again. An alarm counts these
   * lines, because SQS leaves a message that was received three times out of the age of its queue.
   */
  private void tellIfLate(SQSMessage message) {
    String sent = attribute(message, SENT, "");
    if (sent.matches("[0-9]{1,15}")) {
      Duration age = Duration.between(Instant.ofEpochMilli(Long.parseLong(sent)), clock.instant());
      if (age.compareTo(LATE) > 0) {
        log.put("queue", queueUrl.substring(queueUrl.lastIndexOf('/') + 1));
        log.warn("message-late", "seconds", age.toSeconds(), "deliveries", deliveries(message));
      }
    }
  }

  private static Duration backoff(int deliveries) {
    Duration wait = FIRST;
    for (int n = 1; n < deliveries && wait.compareTo(LONGEST) < 0; n++) {
      wait = wait.multipliedBy(GROWTH);
    }
    return wait;
  }

  /** SQS takes whole seconds; we round up, so as not to come back too early. */
  private void setVisibility(SQSMessage message, Duration wait) {
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

  /** How often the message has been delivered, this time included; 1 if SQS does not say. */
  private static int deliveries(SQSMessage message) {
    String count = attribute(message, DELIVERIES, "1");
    return count.matches("[0-9]{1,6}") ? Integer.parseInt(count) : 1;
  }

  private static String attribute(SQSMessage message, String name, String otherwise) {
    Map<String, String> attributes =
        message.getAttributes() == null ? Map.of() : message.getAttributes();
    return attributes.getOrDefault(name, otherwise);
  }
}
