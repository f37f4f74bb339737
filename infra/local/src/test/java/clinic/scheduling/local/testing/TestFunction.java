package clinic.scheduling.local.testing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what its event says: {@code do=sleep-300}, {@code do=die} and so on, anywhere in the text.
 * If the text has no such command, it returns the event; it returns an HTTP event as a base64 body.
 */
public final class TestFunction implements RequestStreamHandler {
  private static final Pattern ORDER = Pattern.compile("do=([a-z]+)(?:-(\\d+))?");
  private static final Pattern BAD_MESSAGE =
      Pattern.compile("\"messageId\":\"([^\"]+)\",\"receiptHandle\":\"[^\"]+\",\"body\":\"bad");

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    out.write(answer(event, context).getBytes(StandardCharsets.UTF_8));
  }

  private static String answer(String event, Context context) {
    Matcher order = ORDER.matcher(event);
    if (!order.find()) {
      return usual(event);
    }
    long number = order.group(2) == null ? 0 : Long.parseLong(order.group(2));
    switch (order.group(1)) {
      case "sleep" -> sleep(number);
      case "die" -> Runtime.getRuntime().halt((int) number);
      case "error" -> throw new IllegalStateException("as ordered");
      default -> {}
    }
    return switch (order.group(1)) {
      case "env" -> System.getenv().toString();
      case "big" -> "\"" + "x".repeat((int) number) + "\"";
      case "deadline" -> String.valueOf(context.getRemainingTimeInMillis());
      case "status" -> "{\"statusCode\":" + number + ",\"headers\":{\"X-Own\":\"yes\"}}";
      case "nonsense" -> "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}";
      default -> String.valueOf(ProcessHandle.current().pid());
    };
  }

  private static String usual(String event) {
    if (event.contains("\"Records\"")) {
      StringBuilder failures = new StringBuilder();
      Matcher bad = BAD_MESSAGE.matcher(event);
      while (bad.find()) {
        failures.append(failures.isEmpty() ? "" : ",");
        failures.append("{\"itemIdentifier\":\"").append(bad.group(1)).append("\"}");
      }
      return "{\"batchItemFailures\":[" + failures + "]}";
    }
    if (!event.contains("\"requestContext\"")) {
      return event;
    }
    byte[] body = event.getBytes(StandardCharsets.UTF_8);
    return "{\"statusCode\":200,\"isBase64Encoded\":true,\"headers\":{\"content-type\":"
        + "\"application/json\"},\"cookies\":[\"a=1\",\"b=2\"],\"body\":\""
        + Base64.getEncoder().encodeToString(body)
        + "\"}";
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
