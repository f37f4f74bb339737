package clinic.scheduling.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * The log groups of a stack in CloudWatch.
 *
 * @param stack empty if it was not named, so that nothing can be asked
 */
record LogGroup(Aws logs, Optional<String> stack) implements Reasons {
  private static final int PAGES = 20;

  /** SyncCalendars names what it works on by the one field, SendMessage by the other. */
  private static final String PATTERN = "{ ($.mdc.message = \"%s\") || ($.mdc.sqs = \"%s\") }";

  @Override
  public String of(String queue, String messageId) throws IOException, InterruptedException {
    if (stack.isEmpty()) {
      return "name the --stack to read its log";
    }
    String group = "/external-scheduling/" + stack.get() + "/" + LogLine.consumer(queue);
    ObjectNode request =
        Aws.JSON
            .createObjectNode()
            .put("logGroupName", group)
            .put("filterPattern", PATTERN.formatted(messageId, messageId));
    String last = LogLine.NONE;
    for (int page = 0; page < PAGES; page++) {
      JsonNode answer = logs.call("FilterLogEvents", request);
      for (JsonNode event : answer.path("events")) {
        last = LogLine.about(messageId, event.path("message").asText()).orElse(last);
      }
      if (!answer.hasNonNull("nextToken")) {
        break;
      }
      request.set("nextToken", answer.get("nextToken"));
    }
    return last;
  }
}
