package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Ids;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Applies Canvas's rules for the identifiers of an appointment (docs/facts/canvas.md). */
final class Identifiers {
  private final Ids ids;
  private final Toggles toggles;

  Identifiers(Ids ids, Toggles toggles) {
    this.ids = ids;
    this.toggles = toggles;
  }

  /**
   * The identifiers after a write: those that were sent, and the stored ones whose period had ended
   * before.
   */
  ArrayNode after(ObjectNode body, Optional<ObjectNode> stored, LocalDate today) {
    JsonNode before = stored.map(document -> document.path("identifier")).orElse(Json.array());
    if (!Json.has(body, "identifier")
        && !toggles.text(Toggle.PUT_WITHOUT_IDENTIFIERS).equals("delete")) {
      return copy(before);
    }
    ArrayNode after = Json.array();
    Set<String> listed = new HashSet<>();
    for (JsonNode sent : body.path("identifier")) {
      ObjectNode identifier = complete(sent, before);
      listed.add(identifier.path("id").asText());
      after.add(identifier);
    }
    for (JsonNode old : before) {
      if (isOver(old, today) && !listed.contains(old.path("id").asText())) {
        after.add(old);
      }
    }
    return after;
  }

  private ObjectNode complete(JsonNode sent, JsonNode before) {
    ObjectNode identifier = Json.object();
    identifier.put("id", known(sent, before).orElseGet(() -> ids.next("Identifier")));
    boolean ignored = toggles.on(Toggle.IDENTIFIER_USE_IGNORED);
    identifier.put("use", ignored ? "usual" : Json.text(sent, "use").orElse("usual"));
    identifier.put("system", sent.path("system").asText());
    identifier.put("value", sent.path("value").asText());
    Json.text(sent.path("assigner"), "display")
        .ifPresent(display -> identifier.putObject("assigner").put("display", display));
    identifier
        .putObject("period")
        .put("start", Json.text(sent.path("period"), "start").orElse("1970-01-01"))
        .put("end", Json.text(sent.path("period"), "end").orElse("2100-12-31"));
    return identifier;
  }

  private static Optional<String> known(JsonNode sent, JsonNode before) {
    return Json.text(sent, "id")
        .filter(
            id -> {
              for (JsonNode old : before) {
                if (old.path("id").asText().equals(id)) {
                  return true;
                }
              }
              return false;
            });
  }

  private static boolean isOver(JsonNode identifier, LocalDate today) {
    String end = identifier.path("period").path("end").asText();
    return end.length() >= 10 && end.substring(0, 10).compareTo(today.toString()) < 0;
  }

  private static ArrayNode copy(JsonNode array) {
    return array.isArray() ? (ArrayNode) array.deepCopy() : Json.array();
  }
}
