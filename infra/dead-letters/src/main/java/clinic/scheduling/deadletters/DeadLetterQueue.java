package clinic.scheduling.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The dead letters of one queue.
 *
 * @param name of the queue whose consumer failed, without a prefix
 * @param sourceUrl the URL of that queue
 * @param url the URL of its dead-letter queue
 */
record DeadLetterQueue(SqsClient sqs, String name, String sourceUrl, String url) {
  private static final int MAX_BATCH = 10;
  private static final int MAX_MESSAGES = 10_000;
  private static final int VISIBILITY_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:#-]{0,99}");
  private static final List<String> IDS =
      List.of("appointment", "messageKey", "noticeId", "hint", "change");

  /**
   * Shows the dead letters in the order in which SQS returns them, and makes them visible again.
   *
   * @return how many there are
   */
  int list(FailureReasons reasons, PrintStream out) throws IOException {
    Collection<Message> messages = receive();
    try {
      for (Message message : messages) {
        long sent = number(message, MessageSystemAttributeName.SENT_TIMESTAMP);
        out.printf(
            "%s %s sent=%s deliveries=%s %s reason=%s%n",
            name,
            message.messageId(),
            Instant.ofEpochMilli(sent),
            number(message, MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT),
            ids(message.body()),
            reasons.of(name, message.messageId()));
      }
    } finally {
      messages.forEach(this::makeVisible);
    }
    return messages.size();
  }

  /**
   * Sends the dead letters to their queue again. Each message is sent before it is deleted from the
   * dead letters, because consumers tolerate a message that comes twice, and nobody could recover a
   * lost one.
   *
   * @param ids of the messages to replay; empty for all
   * @return how many were replayed
   */
  int replay(List<String> ids, PrintStream out) {
    int count = 0;
    for (Message message : receive()) {
      if (ids.isEmpty() || ids.contains(message.messageId())) {
        AwsAction.call(
            "SendMessage",
            () ->
                sqs.sendMessage(
                    request -> request.queueUrl(sourceUrl).messageBody(message.body())));
        AwsAction.call(
            "DeleteMessage",
            () ->
                sqs.deleteMessage(
                    request -> request.queueUrl(url).receiptHandle(message.receiptHandle())));
        out.println(name + " " + message.messageId() + " replayed");
        count++;
      } else {
        makeVisible(message);
      }
    }
    return count;
  }

  private Collection<Message> receive() {
    Map<String, Message> messages = new LinkedHashMap<>();
    while (messages.size() < MAX_MESSAGES) {
      List<Message> batch = AwsAction.call("ReceiveMessage", this::receiveBatch);
      if (batch.isEmpty()) {
        break;
      }
      batch.forEach(message -> messages.put(message.messageId(), message));
    }
    return messages.values();
  }

  private List<Message> receiveBatch() {
    return sqs.receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(MAX_BATCH)
                    .visibilityTimeout(VISIBILITY_SECONDS)
                    .waitTimeSeconds(1)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void makeVisible(Message message) {
    AwsAction.call(
        "ChangeMessageVisibility",
        () ->
            sqs.changeMessageVisibility(
                request ->
                    request
                        .queueUrl(url)
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)));
  }

  private static long number(Message message, MessageSystemAttributeName attribute) {
    return Long.parseLong(message.attributes().getOrDefault(attribute, "0"));
  }

  /**
   * The fields of a message whose values have the form of an id. Other values are left out, because
   * a malformed message may contain anything.
   */
  private static String ids(String body) {
    List<String> found = new ArrayList<>();
    try {
      JsonNode json = JSON.readTree(body);
      for (String field : IDS) {
        String value = json.path(field).asText("");
        if (ID.matcher(value).matches()) {
          found.add(field + "=" + value);
        }
      }
    } catch (IOException e) {
      return "unreadable";
    }
    return found.isEmpty() ? "no-ids" : String.join(" ", found);
  }
}
