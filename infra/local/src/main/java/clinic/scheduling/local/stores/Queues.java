package clinic.scheduling.local.stores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The SQS calls of the local run itself. */
public final class Queues {
  private final AwsJson sqs;
  private final URI endpoint;
  private final String account;

  /**
   * @param account the account id in the address of each queue
   */
  Queues(URI endpoint, String account) {
    this.endpoint = endpoint;
    this.account = account;
    this.sqs = new AwsJson(endpoint, "AmazonSQS");
  }

  /** The URL of a queue by its name. */
  public String url(String queue) {
    return endpoint + "/" + account + "/" + queue;
  }

  /** Creates a queue; {@code attributes} are those of {@code CreateQueue}. */
  public void create(String queue, Map<String, String> attributes)
      throws IOException, InterruptedException {
    ObjectNode request = AwsJson.JSON.createObjectNode().put("QueueName", queue);
    ObjectNode values = request.putObject("Attributes");
    attributes.forEach(values::put);
    sqs.call("CreateQueue", request);
  }

  public void send(String queue, String body) throws IOException, InterruptedException {
    sqs.call("SendMessage", to(queue).put("MessageBody", body));
  }

  /**
   * Waits until there is a message, and receives up to {@code most} messages.
   *
   * @param most 1 to 10
   * @param waitSeconds 0 to 20
   * @return the {@code Messages} of {@code ReceiveMessage}, with all attributes
   */
  public List<JsonNode> receive(String queue, int most, int waitSeconds)
      throws IOException, InterruptedException {
    ObjectNode request = to(queue).put("MaxNumberOfMessages", most);
    request.put("WaitTimeSeconds", waitSeconds);
    request.putArray("AttributeNames").add("All");
    request.putArray("MessageAttributeNames").add("All");
    List<JsonNode> messages = new ArrayList<>();
    sqs.call("ReceiveMessage", request).path("Messages").forEach(messages::add);
    return List.copyOf(messages);
  }

  /** Deletes up to ten messages by their receipt handles. */
  public void delete(String queue, List<String> receiptHandles)
      throws IOException, InterruptedException {
    if (receiptHandles.isEmpty()) {
      return;
    }
    ObjectNode request = to(queue);
    ArrayNode entries = request.putArray("Entries");
    for (String handle : receiptHandles) {
      entries.addObject().put("Id", "m" + entries.size()).put("ReceiptHandle", handle);
    }
    sqs.call("DeleteMessageBatch", request);
  }

  private ObjectNode to(String queue) {
    return AwsJson.JSON.createObjectNode().put("QueueUrl", url(queue));
  }
}
