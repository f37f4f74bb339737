package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What Google does not document about sync rounds, and what tests may therefore choose. */
final class SyncSettings {
  private static final Set<String> NAMES =
      Set.of("cancelledDaysAhead", "detailsOfDeleted", "idOfRepeated");
  private static final Choices USUAL = new Choices(0, false, true);

  private volatile Choices chosen = USUAL;

  /**
   * The choices.
   *
   * @param cancelledDaysAhead a round reports the instances of a deleted series only so far ahead;
   *     0 for all. About 183 was observed (googleapis/google-api-ruby-client #860).
   * @param detailsOfDeleted a round shows all members of a deleted event, not only those that are
   *     guaranteed
   * @param idOfRepeated a round of single events reports an event that became a series as cancelled
   *     under the id it had
   */
  record Choices(int cancelledDaysAhead, boolean detailsOfDeleted, boolean idOfRepeated) {}

  Choices now() {
    return chosen;
  }

  void reset() {
    chosen = USUAL;
  }

  /**
   * Changes the choices that the object names.
   *
   * @throws IllegalArgumentException if it names another
   */
  void change(JsonNode changes) {
    Choices now = chosen;
    changes
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("no setting " + name);
              }
            });
    chosen =
        new Choices(
            changes.path("cancelledDaysAhead").asInt(now.cancelledDaysAhead()),
            changes.path("detailsOfDeleted").asBoolean(now.detailsOfDeleted()),
            changes.path("idOfRepeated").asBoolean(now.idOfRepeated()));
  }

  ObjectNode json() {
    Choices now = chosen;
    return Json.object()
        .put("cancelledDaysAhead", now.cancelledDaysAhead())
        .put("detailsOfDeleted", now.detailsOfDeleted())
        .put("idOfRepeated", now.idOfRepeated());
  }
}
