package clinic.scheduling.sandbox.contract;

import clinic.scheduling.sandbox.contract.ServiceDescription.Operation;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Handler;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks every call of a stand-in and every reply against the published description, and collects
 * the errors. It ignores a reply that is not JSON, because that stands for a proxy's.
 */
public final class Watch {
  private static final int MOST = 1000;

  private final ServiceDescription description;
  private final Contract contract;
  private final String below;
  private final List<String> broken = new ArrayList<>();
  private int checked;

  private Watch(ServiceDescription description, Contract contract, String below) {
    this.description = description;
    this.contract = contract;
    this.below = below;
  }

  public static Watch microsoftGraph() {
    return new Watch(new GraphDescription(), Contract.microsoftGraph(), "/v1.0/");
  }

  public static Watch googleCalendar() {
    return new Watch(new GoogleDescription(), Contract.googleCalendar(), "/calendar/v3/");
  }

  public Handler over(Handler real) {
    return call -> {
      Reply reply = real.handle(call);
      if (call.path().startsWith(below)) {
        check(call, reply);
      }
      return reply;
    };
  }

  /** How many exchanges were checked. */
  public synchronized int checked() {
    return checked;
  }

  /** Returns the errors since the last call of this method, and clears them. */
  public synchronized List<String> broken() {
    List<String> told = List.copyOf(broken);
    broken.clear();
    return told;
  }

  private synchronized void check(Call call, Reply reply) {
    checked++;
    Optional<Operation> operation = description.operation(call);
    if (operation.isEmpty()) {
      note(call, "the description has no such call");
    } else {
      parameters(call, operation.get());
      operation.get().request().ifPresent(schema -> body(call, "request", schema, call.text()));
      if (isJson(reply)) {
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        operation
            .get()
            .answers()
            .schema(reply.status())
            .ifPresent(schema -> body(call, "answer " + reply.status(), schema, text));
      }
    }
  }

  private void parameters(Call call, Operation operation) {
    for (Map.Entry<String, List<String>> given : call.query().entrySet()) {
      JsonNode known = operation.parameters().path(given.getKey());
      if (known.isMissingNode()) {
        note(call, "has no parameter " + given.getKey());
      }
      for (String value : given.getValue()) {
        if (!fits(known.path("type").asText(), value)) {
          note(call, given.getKey() + " is not of its type");
        }
      }
    }
  }

  private static boolean fits(String type, String value) {
    return switch (type) {
      case "integer" -> value.matches("-?[0-9]{1,18}");
      case "boolean" -> value.matches("true|false");
      default -> true;
    };
  }

  private void body(Call call, String what, String schema, String text) {
    String name = schema.substring(schema.lastIndexOf('/') + 1);
    try {
      contract
          .problems(name, Json.read(text))
          .forEach(problem -> note(call, what + ": " + problem));
    } catch (JsonProcessingException e) {
      note(call, what + " is not JSON");
    }
  }

  private void note(Call call, String problem) {
    if (broken.size() < MOST) {
      broken.add(call.method() + " " + call.path() + " " + problem);
    }
  }

  private static boolean isJson(Reply reply) {
    return reply.headers().getOrDefault("Content-Type", "").startsWith("application/json");
  }
}
