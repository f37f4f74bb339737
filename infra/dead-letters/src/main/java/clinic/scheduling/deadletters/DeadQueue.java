package clinic.scheduling.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The dead letters of one queue.
 *
 * @param name of the queue that they died in, without a prefix
 * @param alive the URL of that queue
 * @param dead the URL of its dead letters
 */
record DeadQueue(Aws sqs, String name, String alive, String dead) {
  private static final int AT_ONCE = 10;
  private static final int MOST = 10_000;
  private static final int HIDDEN_SECONDS = 30;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:#-]{0,99}");
  private static final List<String> IDS =
      List.of("appointment", "messageKey", "noticeId", "hint", "change");

  /** Shows them, oldest first as far as SQS knows; how many there are. */
  int list(Reasons reasons, PrintStream out) throws IOException, InterruptedException {
    Map<String, JsonNode> letters = receive();
    try {
      for (JsonNode letter : letters.values()) {
        String id = letter.path("MessageId").asText();
        JsonNode attributes = letter.path("Attributes");
        out.printf(
            "%s %s sent=%s deliveries=%s %s reason=%s%n",
            name,
            id,
            Instant.ofEpochMilli(attributes.path("SentTimestamp").asLong()),
            attributes.path("ApproximateReceiveCount").asText(),
            ids(letter.path("Body").asText()),
            reasons.of(name, id));
      }
    } finally {
      for (JsonNode letter : letters.values()) {
        show(letter);
      }
    }
    return letters.size();
  }

  /**
   * Sends them again, each before it is taken away here: one that is sent twice does no harm.
   *
   * @param ids of those that are wanted; empty for all
   * @throws IOException also if one that is wanted is not there
   */
  int replay(List<String> ids, PrintStream out) throws IOException, InterruptedException {
    int count = 0;
    for (JsonNode letter : receive().values()) {
      String id = letter.path("MessageId").asText();
      if (ids.isEmpty() || ids.contains(id)) {
        ObjectNode again = to(alive).put("MessageBody", letter.path("Body").asText());
        sqs.call("SendMessage", again);
        sqs.call("DeleteMessage", handle(letter));
        out.println(name + " " + id + " replayed");
        count++;
      } else {
        show(letter);
      }
    }
    return count;
  }

  private Map<String, JsonNode> receive() throws IOException, InterruptedException {
    Map<String, JsonNode> letters = new LinkedHashMap<>();
    while (letters.size() < MOST) {
      ObjectNode request = to(dead).put("MaxNumberOfMessages", AT_ONCE);
      request.put("VisibilityTimeout", HIDDEN_SECONDS).put("WaitTimeSeconds", 1);
      request.putArray("AttributeNames").add("All");
      JsonNode messages = sqs.call("ReceiveMessage", request).path("Messages");
      if (messages.isEmpty()) {
        break;
      }
      messages.forEach(letter -> letters.put(letter.path("MessageId").asText(), letter));
    }
    return letters;
  }

  /** So that the next look sees it at once. */
  private void show(JsonNode letter) throws IOException, InterruptedException {
    sqs.call("ChangeMessageVisibility", handle(letter).put("VisibilityTimeout", 0));
  }

  private ObjectNode handle(JsonNode letter) {
    return to(dead).put("ReceiptHandle", letter.path("ReceiptHandle").asText());
  }

  private static ObjectNode to(String url) {
    return Aws.JSON.createObjectNode().put("QueueUrl", url);
  }

  /** What a message says that has the form of an id; a poison message may say anything. */
  private static String ids(String body) {
    List<String> found = new ArrayList<>();
    try {
      JsonNode json = Aws.JSON.readTree(body);
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
