package clinic.scheduling.sandbox.graph;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Settings for what Graph does not document, or does not promise, of a delta query.
 *
 * @param repeatEvery every so many items, one comes twice in a round; 0 for never
 * @param shuffleSeed seed of the order of the items, which nobody may rely on
 * @param roundsKept how many rounds after it was superseded a token still works
 * @param tokenSeconds how long a token works
 * @param bareExceptions whether a changed occurrence shows as little of itself as an unchanged one
 */
record DeltaSettings(
    int repeatEvery, long shuffleSeed, int roundsKept, long tokenSeconds, boolean bareExceptions) {
  private static final long MONTH_SECONDS = 30L * 24 * 3600;

  static DeltaSettings usual() {
    return new DeltaSettings(10, 1, 5, MONTH_SECONDS, false);
  }

  /** These settings, with the changes in the document. */
  DeltaSettings with(JsonNode json) {
    return new DeltaSettings(
        json.path("repeatEvery").asInt(repeatEvery),
        json.path("shuffleSeed").asLong(shuffleSeed),
        json.path("roundsKept").asInt(roundsKept),
        json.path("tokenSeconds").asLong(tokenSeconds),
        json.path("bareExceptions").asBoolean(bareExceptions));
  }
}
