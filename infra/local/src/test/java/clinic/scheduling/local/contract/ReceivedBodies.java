package clinic.scheduling.local.contract;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Receives messages from an SQS queue and deletes them. */
final class ReceivedBodies {
  private static final int MOST = 10;

  private ReceivedBodies() {}

  /** The bodies of up to ten messages. Waits for a second at most. */
  static List<String> of(SqsClient sqs, String url) {
    List<Message> messages =
        sqs.receiveMessage(it -> it.queueUrl(url).maxNumberOfMessages(MOST).waitTimeSeconds(1))
            .messages();
    if (!messages.isEmpty()) {
      sqs.deleteMessageBatch(it -> it.queueUrl(url).entries(entries(messages)));
    }
    return messages.stream().map(Message::body).toList();
  }

  private static List<DeleteMessageBatchRequestEntry> entries(List<Message> messages) {
    return messages.stream()
        .map(
            message ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(message.messageId())
                    .receiptHandle(message.receiptHandle())
                    .build())
        .toList();
  }
}
