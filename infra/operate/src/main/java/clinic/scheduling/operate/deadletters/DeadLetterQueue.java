package clinic.scheduling.operate.deadletters;

import clinic.scheduling.operate.aws.AwsAction;
import clinic.scheduling.operate.installation.Installation;
import clinic.scheduling.operate.installation.QueueName;
import clinic.scheduling.operate.output.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The dead letters of one queue. */
public record DeadLetterQueue(QueueName name, Installation installation, String url) {
  private static final int MAX_BATCH = 10;
  private static final int MAX_MESSAGES = 10_000;
  private static final int VISIBILITY_SECONDS = 30;

  /** How many messages pass between two lines about the progress. */
  private static final int STEP = 100;

  public static DeadLetterQueue of(QueueName name, Installation installation) {
    return new DeadLetterQueue(name, installation, installation.deadLettersUrl(name));
  }

  /**
   * The dead letters in the order in which SQS returns them. They are visible again afterwards. At
   * most 10,000 are looked at.
   */
  public List<DeadLetter> list(Output output) {
    Collection<Message> messages = receive(output);
    List<DeadLetter> letters = new ArrayList<>();
    try {
      for (Message message : messages) {
        String reason = installation.logs().reason(name.consumer(), message.messageId());
        letters.add(DeadLetter.of(name, message, reason));
        progress(output, letters.size(), "looked up in the log");
      }
    } finally {
      messages.forEach(this::makeVisible);
    }
    return letters;
  }

  /**
   * Sends the dead letters to their queue again. Each message is sent before it is deleted from the
   * dead letters, because consumers tolerate a message that comes twice, and nobody could recover a
   * lost one. All are received first, or one that fails at once would be sent again and again.
   *
   * @param ids of the messages to replay; empty for all
   * @return the ids of the messages that were replayed
   */
  List<String> replay(List<String> ids, Output output) {
    String target = installation.url(name);
    List<String> replayed = new ArrayList<>();
    for (Message message : receive(output)) {
      if (ids.isEmpty() || ids.contains(message.messageId())) {
        send(target, message);
        delete(message);
        replayed.add(message.messageId());
        progress(output, replayed.size(), "sent");
      } else {
        makeVisible(message);
      }
    }
    return replayed;
  }

  private void progress(Output output, int count, String done) {
    if (count % STEP == 0) {
      output.progress(name.word() + ": " + count + " " + done);
    }
  }

  private Collection<Message> receive(Output output) {
    Map<String, Message> messages = new LinkedHashMap<>();
    while (messages.size() < MAX_MESSAGES) {
      List<Message> batch = AwsAction.call("ReceiveMessage", this::receiveBatch);
      if (batch.isEmpty()) {
        break;
      }
      for (Message message : batch) {
        messages.put(message.messageId(), message);
        progress(output, messages.size(), "received");
      }
    }
    return messages.values();
  }

  private SqsClient sqs() {
    return installation.sqs();
  }

  private List<Message> receiveBatch() {
    return sqs()
        .receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(MAX_BATCH)
                    .visibilityTimeout(VISIBILITY_SECONDS)
                    .waitTimeSeconds(1)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void send(String target, Message message) {
    AwsAction.call(
        "SendMessage",
        () -> sqs().sendMessage(request -> request.queueUrl(target).messageBody(message.body())));
  }

  private void delete(Message message) {
    AwsAction.call(
        "DeleteMessage",
        () ->
            sqs()
                .deleteMessage(
                    request -> request.queueUrl(url).receiptHandle(message.receiptHandle())));
  }

  private void makeVisible(Message message) {
    AwsAction.call(
        "ChangeMessageVisibility",
        () ->
            sqs()
                .changeMessageVisibility(
                    request ->
                        request
                            .queueUrl(url)
                            .receiptHandle(message.receiptHandle())
                            .visibilityTimeout(0)));
  }
}
