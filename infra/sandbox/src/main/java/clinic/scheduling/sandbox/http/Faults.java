package clinic.scheduling.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pending faults of a stand-in, oldest first. The first one that matches affects a call.
 *
 * <p>Every stand-in has them at {@code …-control/faults}: POST adds one, GET lists them, DELETE
 * removes them.
 */
public final class Faults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAGE = "<html><body>Made by the sandbox.</body></html>";
  private static final int MOST = 1000;

  private final List<Fault> waiting = new ArrayList<>();

  /** Writes an error in the form of the service. */
  @FunctionalInterface
  public interface Shape {
    Reply error(int status, String code);
  }

  /** A handler that applies the faults before the real one; {@code shape} writes their errors. */
  public Handler before(Handler real, Shape shape) {
    return call -> {
      Optional<Fault> fault = take(call);
      return fault.isEmpty() ? real.handle(call) : make(fault.get(), call, real, shape);
    };
  }

  /** Answers the control path. */
  public Reply control(Call call) {
    return switch (call.method()) {
      case "POST" -> add(call);
      case "DELETE" -> clear();
      default -> Reply.json(200, JSON.valueToTree(list()).toString());
    };
  }

  public synchronized void add(Fault fault) {
    if (waiting.size() >= MOST) {
      throw new IllegalStateException("more than " + MOST + " faults are waiting");
    }
    waiting.add(fault);
  }

  public synchronized List<Fault> list() {
    return List.copyOf(waiting);
  }

  public synchronized Reply clear() {
    waiting.clear();
    return Reply.empty(204);
  }

  private synchronized Optional<Fault> take(Call call) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.meets(call)) {
        if (fault.times() == 1) {
          waiting.remove(i);
        } else {
          waiting.set(i, fault.once());
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private static Reply make(Fault fault, Call call, Handler real, Shape shape) throws Exception {
    return switch (fault.kind()) {
      case STATUS -> status(fault, shape);
      case STATUS_AFTER_EFFECT -> {
        real.handle(call);
        yield status(fault, shape);
      }
      case PAGE -> status(fault, (status, code) -> Reply.text(status, "text/html", PAGE));
      case TIMEOUT -> afterWaiting(fault, Reply.cut());
      case TIMEOUT_AFTER_EFFECT -> {
        real.handle(call);
        yield afterWaiting(fault, Reply.cut());
      }
      case CUT -> Reply.cut();
      case CUT_AFTER_EFFECT -> {
        real.handle(call);
        yield Reply.cut();
      }
      case SLOW -> {
        Thread.sleep(fault.duration().toMillis());
        yield real.handle(call);
      }
    };
  }

  private static Reply status(Fault fault, Shape shape) {
    Reply reply = shape.error(fault.status(), fault.code());
    return fault.retryAfter() == null ? reply : reply.with("Retry-After", fault.retryAfter());
  }

  private static Reply afterWaiting(Fault fault, Reply reply) throws InterruptedException {
    Thread.sleep(fault.duration().toMillis());
    return reply;
  }

  private Reply add(Call call) {
    try {
      add(read(JSON.readTree(call.body())));
      return Reply.empty(204);
    } catch (IOException | IllegalArgumentException e) {
      return Reply.text(400, "text/plain", "no such fault: " + e.getMessage());
    }
  }

  private static Fault read(JsonNode json) {
    String kind = json.path("kind").asText("status");
    return new Fault(
        Fault.Kind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')),
        json.path("times").asInt(1),
        pattern(json.path("match")),
        json.path("status").asInt(500),
        json.path("code").asText(""),
        json.hasNonNull("retryAfter") ? json.get("retryAfter").asText() : null,
        json.path("seconds").asDouble(json.path("delayMs").asDouble(60_000) / 1000));
  }

  /**
   * A pattern, or an object with a method and a path prefix as in the control interface of Canvas.
   */
  private static String pattern(JsonNode match) {
    if (match.isObject()) {
      String prefix = match.path("pathPrefix").asText("").replaceFirst("^/(graph|google)/", "/");
      String method = match.path("method").asText("");
      return "^" + (method.isEmpty() ? "\\S+" : method) + " " + Pattern.quote(prefix);
    }
    return Pattern.compile(match.asText("")).pattern();
  }
}
