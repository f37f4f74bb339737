package clinic.scheduling.fanout;

import clinic.scheduling.core.Log;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes a failed message come back when it was asked to, rather than when its time-out ends. */
@Singleton
final class Postponement {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final SqsClient sqs;
  private final String queue;
  private final Log log = Log.of(SyncCalendars.class);

  Postponement(
      SqsClient sqs, @ConfigProperty(name = "QUEUE_APPOINTMENT_CHANGES_URL") String queue) {
    this.sqs = sqs;
    this.queue = queue;
  }

  /** At least one second, at most 15 minutes; if it fails the queue's own time-out holds. */
  void postpone(SQSEvent.SQSMessage message, Duration delay) {
    long seconds = Math.max(1, Math.min(LONGEST.toSeconds(), delay.plusMillis(999).toSeconds()));
    try {
      sqs.changeMessageVisibility(
          change ->
              change
                  .queueUrl(queue)
                  .receiptHandle(message.getReceiptHandle())
                  .visibilityTimeout((int) seconds));
    } catch (SdkException e) {
      log.failure("postponement-failed", e);
    }
  }
}
