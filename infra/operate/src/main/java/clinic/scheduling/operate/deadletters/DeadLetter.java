package clinic.scheduling.operate.deadletters;

import clinic.scheduling.operate.installation.QueueName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * What may be shown of a dead letter.
 *
 * @param ids the fields of the message whose values have the form of an id. Other values are left
 *     out, because a malformed message may contain anything.
 * @param reason of the failure, as the log says
 */
public record DeadLetter(
    QueueName queue,
    String id,
    Instant sent,
    long deliveries,
    boolean readable,
    Map<String, String> ids,
    String reason) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:#-]{0,99}");
  private static final List<String> IDS =
      List.of("appointment", "binding", "messageKey", "noticeId", "hint", "change", "task");

  static DeadLetter of(QueueName queue, Message message, String reason) {
    boolean readable = true;
    Map<String, String> ids = new LinkedHashMap<>();
    try {
      JsonNode json = JSON.readTree(message.body());
      add(ids, json);
      // What Lambda says of a run that failed has the input of the run in this field.
      add(ids, json.path("requestPayload"));
    } catch (IOException e) {
      readable = false;
    }
    return new DeadLetter(
        queue,
        message.messageId(),
        Instant.ofEpochMilli(number(message, MessageSystemAttributeName.SENT_TIMESTAMP)),
        number(message, MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT),
        readable,
        ids,
        reason);
  }

  private static void add(Map<String, String> ids, JsonNode json) {
    for (String field : IDS) {
      String value = json.path(field).asText("");
      if (ID.matcher(value).matches()) {
        ids.put(field, value);
      }
    }
  }

  String text() {
    String shown =
        ids.entrySet().stream()
            .map(id -> id.getKey() + "=" + id.getValue())
            .collect(Collectors.joining(" "));
    String none = readable ? "no-ids" : "unreadable";
    return "%s %s sent=%s deliveries=%s %s reason=%s"
        .formatted(queue.word(), id, sent, deliveries, shown.isEmpty() ? none : shown, reason);
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("queue", queue.word())
            .put("id", id)
            .put("sent", sent.toString())
            .put("deliveries", deliveries)
            .put("readable", readable);
    ObjectNode values = json.putObject("ids");
    ids.forEach(values::put);
    return json.put("reason", reason);
  }

  private static long number(Message message, MessageSystemAttributeName attribute) {
    return Long.parseLong(message.attributes().getOrDefault(attribute, "0"));
  }
}
