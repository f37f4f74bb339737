package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.faults.Faults;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Faults in the control interface. */
final class FaultsJson {
  private FaultsJson() {}

  private record Match(
      @Nullable String method, @Nullable String pathPrefix, @Nullable String query) {}

  private record Wanted(
      @Nullable Match match,
      Fault.@Nullable Kind kind,
      @Nullable Integer status,
      @Nullable String retryAfter,
      @Nullable Long delayMs,
      @Nullable Integer times) {}

  static Fault read(String body) throws JsonProcessingException {
    Wanted wanted = Json.MAPPER.readValue(body, Wanted.class);
    Fault.Kind kind = wanted.kind();
    if (kind == null) {
      throw new IllegalArgumentException("kind is missing");
    }
    Optional<Match> match = Optional.ofNullable(wanted.match());
    String path = match.map(Match::pathPrefix).orElse("");
    Fault fault =
        Fault.once(kind, match.map(Match::method).orElse(""), path.replaceFirst("^/canvas/", "/"));
    return new Fault(
        fault.method(),
        fault.pathPrefix(),
        match.map(Match::query).orElse(""),
        kind,
        Optional.ofNullable(wanted.status()).orElse(fault.status()),
        Optional.ofNullable(wanted.retryAfter()),
        Optional.ofNullable(wanted.delayMs()).orElse(fault.delayMs()),
        Optional.ofNullable(wanted.times()).orElse(1));
  }

  static JsonNode listed(Faults faults) {
    ArrayNode all = Json.array();
    for (Fault fault : faults.waiting()) {
      ObjectNode one = all.addObject();
      one.putObject("match")
          .put("method", fault.method())
          .put("pathPrefix", fault.pathPrefix())
          .put("query", fault.query());
      one.set("kind", Json.MAPPER.valueToTree(fault.kind()));
      one.put("status", fault.status());
      fault.retryAfter().ifPresent(value -> one.put("retryAfter", value));
      one.put("delayMs", fault.delayMs()).put("times", fault.times());
    }
    return all;
  }
}
