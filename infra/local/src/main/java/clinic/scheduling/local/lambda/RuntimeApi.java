package clinic.scheduling.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda runtime API of one process: {@code /2018-06-01/runtime/…}. Each process has its own,
 * as each execution environment has on AWS, so that a request can only concern the invocation that
 * this process works on. Source: AWS Lambda developer guide, runtimes-api.
 */
final class RuntimeApi implements AutoCloseable {
  /** The largest answer of a function: 6 MiB and 100 bytes. */
  static final int LARGEST_RESPONSE = 6 * 1024 * 1024 + 100;

  private static final String BASE = "/2018-06-01/runtime/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where the invocations come from, and who is told of what the process does. */
  interface Source {
    /** Blocks until there is one; empty once the process is gone. */
    Optional<Invocation> next() throws InterruptedException;

    /** The process asked for its first event: its initialisation is over. */
    void initialised();

    /** The process has the event; its time is running. */
    void delivered(Invocation invocation);

    /** The event could not be written to the process. */
    void notDelivered(Invocation invocation);

    void initFailed(String errorType, String message);
  }

  private final String arn;
  private final int timeoutSeconds;
  private final Source source;
  private final Clock clock;
  private final Loopback http;
  private boolean initialised;
  private boolean waiting;
  private @Nullable Invocation current;

  RuntimeApi(String function, int timeoutSeconds, Source source, Clock clock) throws IOException {
    this.arn = "arn:aws:lambda:us-east-1:000000000000:function:" + function;
    this.timeoutSeconds = timeoutSeconds;
    this.source = source;
    this.clock = clock;
    this.http = Loopback.serve(0, "runtime-api", this::answer);
  }

  /** {@code host:port}, the value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + http.port();
  }

  /** The invocation that the process works on. */
  synchronized Optional<Invocation> current() {
    return Optional.ofNullable(current);
  }

  @Override
  public void close() {
    http.close();
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String full = call.getRequestURI().getPath();
      String path = full.startsWith(BASE) ? full.substring(BASE.length()) : "";
      String[] parts = path.split("/", -1);
      if (path.equals("invocation/next")) {
        next(call);
      } else if (path.equals("init/error")) {
        initError(call);
      } else if (parts.length == 3 && parts[0].equals("invocation")) {
        end(call, parts[1], parts[2]);
      } else {
        refuse(call, 404, "InvalidRequest", "unknown path");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange call) throws IOException, InterruptedException {
    if (!startsWaiting()) {
      refuse(call, 403, "InvalidStateTransition", "an invocation is still open");
      return;
    }
    Optional<Invocation> next = Optional.empty();
    try {
      next = source.next();
    } finally {
      stopsWaiting(next.orElse(null));
    }
    if (next.isPresent()) {
      hand(call, next.get());
    }
  }

  private boolean startsWaiting() {
    boolean first;
    synchronized (this) {
      if (waiting || current != null) {
        return false;
      }
      waiting = true;
      first = !initialised;
      initialised = true;
    }
    if (first) {
      source.initialised();
    }
    return true;
  }

  private synchronized void stopsWaiting(@Nullable Invocation next) {
    waiting = false;
    current = next;
  }

  private void hand(HttpExchange call, Invocation invocation) {
    var headers = call.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set("Lambda-Runtime-Invoked-Function-Arn", arn);
    headers.set("Lambda-Runtime-Trace-Id", traceId());
    headers.set(
        "Lambda-Runtime-Deadline-Ms", String.valueOf(clock.millis() + timeoutSeconds * 1000L));
    try {
      call.sendResponseHeaders(200, invocation.event().length);
      call.getResponseBody().write(invocation.event());
      call.getResponseBody().flush();
      source.delivered(invocation);
    } catch (IOException e) {
      stopsWaiting(null);
      source.notDelivered(invocation);
    }
  }

  private String traceId() {
    String random = UUID.randomUUID().toString().replace("-", "");
    return "Root=1-%08x-%s;Parent=%s;Sampled=0"
        .formatted(clock.instant().getEpochSecond(), random.substring(8), random.substring(0, 16));
  }

  private void end(HttpExchange call, String id, String kind) throws IOException {
    byte[] body = call.getRequestBody().readNBytes(LARGEST_RESPONSE + 1);
    if (!kind.equals("response") && !kind.equals("error")) {
      refuse(call, 404, "InvalidRequest", "unknown path");
      return;
    }
    Invocation ended;
    synchronized (this) {
      if (!initialised) {
        refuse(call, 403, "InvalidStateTransition", "nothing was asked for yet");
        return;
      }
      if (current == null || !current.id().equals(id)) {
        refuse(call, 400, "InvalidRequestID", "no open invocation has this id");
        return;
      }
      ended = current;
      current = null;
    }
    if (body.length > LARGEST_RESPONSE) {
      ended.end(new Outcome.Failed("Function.ResponseSizeTooLarge", "answer larger than 6 MiB"));
      refuse(call, 413, "RequestEntityTooLarge", "the answer is larger than 6 MiB");
      return;
    }
    accept(call);
    ended.end(kind.equals("response") ? new Outcome.Answered(body) : failure(body));
  }

  private void initError(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readNBytes(LARGEST_RESPONSE);
    synchronized (this) {
      if (initialised) {
        refuse(call, 403, "InvalidStateTransition", "the initialisation is over");
        return;
      }
    }
    Outcome.Failed failed = failure(body);
    source.initFailed(failed.errorType(), failed.message());
    accept(call);
  }

  private static Outcome.Failed failure(byte[] body) {
    try {
      JsonNode error = JSON.readTree(body);
      return new Outcome.Failed(
          error.path("errorType").asText("Unhandled"), error.path("errorMessage").asText(""));
    } catch (IOException e) {
      return new Outcome.Failed("Unhandled", "the error of the function was not JSON");
    }
  }

  private static void accept(HttpExchange call) throws IOException {
    send(call, 202, "{\"status\":\"OK\"}");
  }

  private static void refuse(HttpExchange call, int status, String type, String message)
      throws IOException {
    send(
        call,
        status,
        JSON.createObjectNode().put("errorMessage", message).put("errorType", type).toString());
  }

  private static void send(HttpExchange call, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
  }
}
