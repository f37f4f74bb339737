package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.queue.Redelivery;
import clinic.scheduling.core.wiring.Settings;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The two queues that feed this function, and how a message of each is delivered again
 * (docs/decisions/0041-one-function-for-messages-and-their-reports.md).
 */
@Singleton
final class SourceQueues {
  private final Queue patientMessages;
  private final Optional<Queue> messageEvents;
  private final Log log = Log.of(SourceQueues.class);

  @Inject
  SourceQueues(
      SqsClient sqs, Settings.PatientMessages patientMessages, MessagesSettings.Events events) {
    this.patientMessages = Queue.of(Source.PATIENT_MESSAGES, patientMessages.url(), sqs);
    this.messageEvents =
        events
            .queueUrl()
            .filter(url -> !url.isBlank())
            .map(url -> Queue.of(Source.MESSAGE_EVENTS, url, sqs));
  }

  /** What a queue carries. */
  enum Source {
    PATIENT_MESSAGES,
    MESSAGE_EVENTS
  }

  /**
   * @param name the last part of its URL, and of its ARN
   */
  record Queue(Source source, String name, Redelivery redelivery) {
    private static Queue of(Source source, String url, SqsClient sqs) {
      return new Queue(source, url.substring(url.lastIndexOf('/') + 1), new Redelivery(sqs, url));
    }
  }

  /**
   * The queue that a message comes from, by the name in its {@code eventSourceARN}, {@code
   * arn:aws:sqs:<region>:<account>:<name>}.
   *
   * @throws IllegalStateException if it is neither: then this function is connected to a queue that
   *     its configuration does not name
   */
  Queue of(SQSMessage message) {
    String arn = Objects.requireNonNullElse(message.getEventSourceArn(), "none");
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    if (name.equals(patientMessages.name())) {
      return patientMessages;
    }
    return messageEvents
        .filter(queue -> queue.name().equals(name))
        .orElseThrow(
            () -> {
              log.error("queue-unknown", "arn", arn);
              return new IllegalStateException(
                  "A message comes from "
                      + arn
                      + ", which neither QUEUE_PATIENT_MESSAGES_URL nor"
                      + " QUEUE_MESSAGE_EVENTS_URL names.");
            });
  }
}
