package clinic.scheduling.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Reads and writes the messages of the Lambda runtime API. */
final class RuntimeReply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RuntimeReply() {}

  /** Sends the next event to a process, with its deadline. */
  static void event(
      HttpExchange call, Invocation invocation, String arn, Instant now, Instant deadline)
      throws IOException {
    var headers = call.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set("Lambda-Runtime-Invoked-Function-Arn", arn);
    headers.set("Lambda-Runtime-Trace-Id", traceId(now));
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline.toEpochMilli()));
    call.sendResponseHeaders(200, invocation.event().length);
    call.getResponseBody().write(invocation.event());
    call.getResponseBody().flush();
  }

  static void accept(HttpExchange call) throws IOException {
    send(call, 202, "{\"status\":\"OK\"}");
  }

  static void refuse(HttpExchange call, int status, String type, String message)
      throws IOException {
    send(
        call,
        status,
        JSON.createObjectNode().put("errorMessage", message).put("errorType", type).toString());
  }

  /** Reads the error that a process reports. */
  static Outcome.Failed failure(byte[] body) {
    try {
      JsonNode error = JSON.readTree(body);
      return new Outcome.Failed(
          error.path("errorType").asText("Unhandled"), error.path("errorMessage").asText(""));
    } catch (IOException e) {
      return new Outcome.Failed("Unhandled", "the error of the function was not JSON");
    }
  }

  private static void send(HttpExchange call, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
  }

  private static String traceId(Instant now) {
    String random = UUID.randomUUID().toString().replace("-", "");
    return "Root=1-%08x-%s;Parent=%s;Sampled=0"
        .formatted(now.getEpochSecond(), random.substring(8), random.substring(0, 16));
  }
}
