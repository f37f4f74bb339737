package clinic.scheduling.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda runtime API of one process: {@code /2018-06-01/runtime/…}. Each process has its own,
 * as each execution environment has on AWS, so that a request always belongs to the current
 * invocation of that process. Source: AWS Lambda developer guide, runtimes-api.
 */
final class RuntimeApi implements AutoCloseable {
  /** The largest response of a function: 6 MiB and 100 bytes. */
  static final int LARGEST_RESPONSE = 6 * 1024 * 1024 + 100;

  private static final String BASE = "/2018-06-01/runtime/";

  /** Supplies invocations, and observes what the process does. */
  interface Source {
    /** Waits for an invocation; empty when the process has ended. */
    Optional<Invocation> next() throws InterruptedException;

    /** The process has asked for its first event, which ends its initialisation. */
    void initialised();

    /** The process has the event. Its time-out starts now. */
    void delivered(Invocation invocation);

    /** The event could not be written to the process. */
    void notDelivered(Invocation invocation);

    void initFailed(String errorType, String message);
  }

  private final String arn;
  private final int timeoutSeconds;
  private final Source source;
  private final Clock clock;
  private final LoopbackServer http;
  private boolean initialised;
  private boolean waiting;
  private @Nullable Invocation current;

  RuntimeApi(String function, int timeoutSeconds, Source source, Clock clock) throws IOException {
    this.arn = "arn:aws:lambda:us-east-1:000000000000:function:" + function;
    this.timeoutSeconds = timeoutSeconds;
    this.source = source;
    this.clock = clock;
    this.http = LoopbackServer.bind(0, "runtime-api");
    http.serve(this::answer);
  }

  /** {@code host:port}, the value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return "127.0.0.1:" + http.port();
  }

  /** The current invocation of the process. */
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
        RuntimeReply.refuse(call, 404, "InvalidRequest", "unknown path");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange call) throws IOException, InterruptedException {
    if (!startsWaiting()) {
      RuntimeReply.refuse(call, 403, "InvalidStateTransition", "an invocation is still open");
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
    Instant now = clock.instant();
    try {
      RuntimeReply.event(call, invocation, arn, now, now.plusSeconds(timeoutSeconds));
      source.delivered(invocation);
    } catch (IOException e) {
      stopsWaiting(null);
      source.notDelivered(invocation);
    }
  }

  private void end(HttpExchange call, String id, String kind) throws IOException {
    byte[] body = call.getRequestBody().readNBytes(LARGEST_RESPONSE + 1);
    if (!kind.equals("response") && !kind.equals("error")) {
      RuntimeReply.refuse(call, 404, "InvalidRequest", "unknown path");
      return;
    }
    Invocation ended;
    synchronized (this) {
      if (!initialised) {
        RuntimeReply.refuse(call, 403, "InvalidStateTransition", "nothing was asked for yet");
        return;
      }
      if (current == null || !current.id().equals(id)) {
        RuntimeReply.refuse(call, 400, "InvalidRequestID", "no open invocation has this id");
        return;
      }
      ended = current;
      current = null;
    }
    if (body.length > LARGEST_RESPONSE) {
      ended.end(new Outcome.Failed("Function.ResponseSizeTooLarge", "answer larger than 6 MiB"));
      RuntimeReply.refuse(call, 413, "RequestEntityTooLarge", "the answer is larger than 6 MiB");
      return;
    }
    // The outcome is set before the process gets its reply: even if the process has died meanwhile,
    // the response that it sent counts.
    ended.end(kind.equals("response") ? new Outcome.Answered(body) : RuntimeReply.failure(body));
    RuntimeReply.accept(call);
  }

  private void initError(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readNBytes(LARGEST_RESPONSE);
    synchronized (this) {
      if (initialised) {
        RuntimeReply.refuse(call, 403, "InvalidStateTransition", "the initialisation is over");
        return;
      }
    }
    Outcome.Failed failed = RuntimeReply.failure(body);
    source.initFailed(failed.errorType(), failed.message());
    RuntimeReply.accept(call);
  }
}
