package clinic.scheduling.local.events;

import clinic.scheduling.local.stores.EmbeddedAws;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The event that Lambda sends to a function for a batch of SQS messages. Source: Lambda developer
 * guide, with-sqs.
 */
final class SqsEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SqsEvent() {}

  /**
   * @param messages as {@code ReceiveMessage} returns them
   */
  static byte[] of(String queue, List<JsonNode> messages) {
    ObjectNode event = JSON.createObjectNode();
    var records = event.putArray("Records");
    messages.forEach(message -> records.add(record(queue, message)));
    try {
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode record(String queue, JsonNode message) {
    ObjectNode record = JSON.createObjectNode();
    record.put("messageId", message.path("MessageId").asText());
    record.put("receiptHandle", message.path("ReceiptHandle").asText());
    record.put("body", message.path("Body").asText());
    record.set("attributes", message.path("Attributes").deepCopy());
    ObjectNode attributes = record.putObject("messageAttributes");
    message
        .path("MessageAttributes")
        .properties()
        .forEach(entry -> attributes.set(entry.getKey(), attribute(entry.getValue())));
    record.put("md5OfBody", message.path("MD5OfBody").asText());
    record.put("eventSource", "aws:sqs");
    record.put(
        "eventSourceARN",
        String.join(":", "arn:aws:sqs", EmbeddedAws.REGION, EmbeddedAws.ACCOUNT, queue));
    record.put("awsRegion", EmbeddedAws.REGION);
    return record;
  }

  private static ObjectNode attribute(JsonNode attribute) {
    ObjectNode converted = JSON.createObjectNode();
    if (attribute.has("StringValue")) {
      converted.put("stringValue", attribute.get("StringValue").asText());
    }
    if (attribute.has("BinaryValue")) {
      converted.put("binaryValue", attribute.get("BinaryValue").asText());
    }
    converted.putArray("stringListValues");
    converted.putArray("binaryListValues");
    return converted.put("dataType", attribute.path("DataType").asText());
  }
}
