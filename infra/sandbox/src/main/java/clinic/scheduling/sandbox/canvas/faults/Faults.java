package clinic.scheduling.sandbox.canvas.faults;

import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.Issue;
import clinic.scheduling.sandbox.canvas.fhir.OperationOutcome;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.CutOff;
import clinic.scheduling.sandbox.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pending faults. The first one that matches a call takes effect. */
public final class Faults {
  private static final Map<Integer, String> DOCUMENTED =
      Map.of(
          400, "invalid",
          401, "unknown",
          403, "forbidden",
          404, "not-found",
          405, "not-supported",
          412, "conflict",
          422, "business-rule",
          500, "exception");

  private final List<Fault> waiting = new ArrayList<>();
  private final OperationOutcome outcome;

  public Faults(OperationOutcome outcome) {
    this.outcome = outcome;
  }

  /** The normal handling of a call; {@code stale} asks for the version before the latest. */
  @FunctionalInterface
  public interface Effect {
    Reply run(boolean stale) throws Exception;
  }

  public synchronized void add(Fault fault) {
    waiting.add(fault);
  }

  public synchronized void clear() {
    waiting.clear();
  }

  public synchronized List<Fault> waiting() {
    return List.copyOf(waiting);
  }

  public Reply around(Call call, Effect effect) throws Exception {
    Optional<Fault> struck = take(call);
    return struck.isEmpty() ? effect.run(false) : strike(struck.get(), call, effect);
  }

  private synchronized Optional<Fault> take(Call call) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.meets(call)) {
        if (fault.times() == 1) {
          waiting.remove(i);
        } else {
          waiting.set(i, fault.struck());
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private Reply strike(Fault fault, Call call, Effect effect) throws Exception {
    return switch (fault.kind()) {
      case STATUS -> withRetryAfter(fault, status(fault.status()));
      case HTML -> withRetryAfter(fault, html(fault.status()));
      case STALE_READ -> effect.run(true);
      case SLOW -> {
        sleep(fault);
        yield effect.run(false);
      }
      case TIMEOUT -> {
        sleep(fault);
        throw new CutOff();
      }
      case TIMEOUT_AFTER_EFFECT -> {
        effect.run(false);
        sleep(fault);
        throw new CutOff();
      }
      case CUT -> throw new CutOff();
      case CUT_AFTER_EFFECT -> {
        effect.run(false);
        throw new CutOff();
      }
      case MALFORMED_ENTRY -> new CorruptedReply(call, effect.run(false)).withDamagedEntry();
      case FOREIGN_ENTRY -> new CorruptedReply(call, effect.run(false)).withForeignEntry();
      case OUTSIDE_ENTRY -> new CorruptedReply(call, effect.run(false)).withEntryOutside();
      case ENDLESS_PAGES -> new CorruptedReply(call, effect.run(false)).withEndlessPages();
      case EMPTY_BODY -> new CorruptedReply(call, effect.run(false)).withoutBody();
      case TRUNCATED -> new CorruptedReply(call, effect.run(false)).truncated();
      case TRICKLE -> effect.run(false).trickled(Duration.ofMillis(fault.delayMs()));
    };
  }

  /**
   * A documented error has an OperationOutcome. Any other status comes from a proxy and has none.
   */
  private Reply status(int status) {
    String code = DOCUMENTED.get(status);
    if (code == null) {
      return Reply.text(status, "text/plain", "status " + status + " by request");
    }
    String text = status == 500 ? "Internal server error" : "fault by request";
    return outcome.of(new FhirException(status, List.of(new Issue(code, text))));
  }

  private static Reply html(int status) {
    return Reply.text(
        status, "text/html", "<html><body><h1>" + status + " Bad Gateway</h1></body></html>");
  }

  private static Reply withRetryAfter(Fault fault, Reply reply) {
    return fault.retryAfter().map(value -> reply.with("Retry-After", value)).orElse(reply);
  }

  private static void sleep(Fault fault) throws CutOff {
    try {
      Thread.sleep(fault.delayMs());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new CutOff();
    }
  }
}
