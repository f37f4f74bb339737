package clinic.scheduling.core.wiring;

import clinic.scheduling.core.SystemClock;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A start that has failed. It is told where people look: as one JSON line at ERROR in the log, and
 * to Lambda's runtime API (docs/facts/aws.md), from where the Lambda console and the answer to an
 * invocation have it. No patient's data is known at the start, so the message of the cause is told.
 *
 * @param type the class of the deepest cause
 * @param message its message
 * @param runtimeApi host and port of the runtime API; empty outside of Lambda
 */
record FailedStart(String type, String message, Optional<String> runtimeApi) {
  private static final String ERROR_TYPE = "Runtime.StartFailed";
  private static final int TIME_LIMIT_MILLIS = 2_000;
  private static final int MAX_CAUSES = 20;

  static FailedStart of(Throwable failure, Map<String, String> environment) {
    Throwable cause = deepest(failure);
    return new FailedStart(
        cause.getClass().getName(),
        Optional.ofNullable(cause.getMessage()).orElse(""),
        Optional.ofNullable(environment.get("AWS_LAMBDA_RUNTIME_API")));
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    for (int depth = 0; depth < MAX_CAUSES; depth++) {
      @Nullable Throwable cause = deepest.getCause();
      if (cause == null) {
        break;
      }
      deepest = cause;
    }
    return deepest;
  }

  boolean isOnLambda() {
    return runtimeApi.isPresent();
  }

  void report() {
    System.out.println(logLine(SystemClock.utc()));
    System.out.flush();
    runtimeApi.ifPresent(this::post);
  }

  /** The line in the form of all other lines of the log, which may not be set up yet. */
  String logLine(Clock clock) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("loggerName", FailedStart.class.getName())
        .put("level", "ERROR")
        .put("message", "start-failed " + type + ": " + message)
        .toString();
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("errorMessage", message).put("errorType", type).putArray("stackTrace");
    return body;
  }

  private void post(String api) {
    try {
      URI uri = URI.create("http://" + api + "/2018-06-01/runtime/init/error");
      HttpURLConnection call = (HttpURLConnection) uri.toURL().openConnection();
      call.setConnectTimeout(TIME_LIMIT_MILLIS);
      call.setReadTimeout(TIME_LIMIT_MILLIS);
      call.setRequestMethod("POST");
      call.setRequestProperty("Content-Type", "application/json");
      call.setRequestProperty("Lambda-Runtime-Function-Error-Type", ERROR_TYPE);
      call.setDoOutput(true);
      try (OutputStream out = call.getOutputStream()) {
        out.write(body().toString().getBytes(StandardCharsets.UTF_8));
      }
      call.getResponseCode();
    } catch (IOException e) {
      // Lambda sees that the process ends, and the log has the cause.
    }
  }
}
