package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How notices are delivered.
 *
 * @param delayMs the time from a change to its notice; notices that are due together share a body
 * @param slowFraction the share of notices that are late by {@code slowMs} more
 * @param dropFraction the share of notices that are lost
 * @param duplicateFraction the share of notices that are sent twice
 * @param seed of the random sequence that makes notices late, lost or double
 * @param attempts how often a body is sent until an answer is 2xx
 * @param backoffMs the wait before the second attempt; it doubles with each
 * @param timeoutMs how long an answer is waited for
 * @param missedAfterGivingUp whether a {@code missed} follows when all attempts have failed
 * @param warnSeconds so long before the expiry, a {@code reauthorizationRequired} is sent
 * @param pageSize the number of subscriptions on one page of their list
 */
record NoticeSettings(
    long delayMs,
    double slowFraction,
    long slowMs,
    double dropFraction,
    double duplicateFraction,
    long seed,
    int attempts,
    long backoffMs,
    long timeoutMs,
    boolean missedAfterGivingUp,
    long warnSeconds,
    int pageSize) {
  private static final int MOST_ATTEMPTS = 12;

  NoticeSettings {
    if (attempts < 1 || attempts > MOST_ATTEMPTS || delayMs < 0 || backoffMs < 1 || timeoutMs < 1) {
      throw new IllegalArgumentException("notices need 1 to " + MOST_ATTEMPTS + " attempts");
    }
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page has at least one subscription");
    }
  }

  static NoticeSettings usual() {
    return new NoticeSettings(50, 0, 2000, 0, 0, 1, 5, 200, 10_000, true, 900, 10);
  }

  /** These settings, with the changes in the document. */
  NoticeSettings with(JsonNode json) {
    return new NoticeSettings(
        json.path("delayMs").asLong(delayMs),
        json.path("slowFraction").asDouble(slowFraction),
        json.path("slowMs").asLong(slowMs),
        json.path("dropFraction").asDouble(dropFraction),
        json.path("duplicateFraction").asDouble(duplicateFraction),
        json.path("seed").asLong(seed),
        json.path("attempts").asInt(attempts),
        json.path("backoffMs").asLong(backoffMs),
        json.path("timeoutMs").asLong(timeoutMs),
        json.path("missedAfterGivingUp").asBoolean(missedAfterGivingUp),
        json.path("warnSeconds").asLong(warnSeconds),
        json.path("pageSize").asInt(pageSize));
  }

  ObjectNode json() {
    return Json.object()
        .put("delayMs", delayMs)
        .put("slowFraction", slowFraction)
        .put("slowMs", slowMs)
        .put("dropFraction", dropFraction)
        .put("duplicateFraction", duplicateFraction)
        .put("seed", seed)
        .put("attempts", attempts)
        .put("backoffMs", backoffMs)
        .put("timeoutMs", timeoutMs)
        .put("missedAfterGivingUp", missedAfterGivingUp)
        .put("warnSeconds", warnSeconds)
        .put("pageSize", pageSize);
  }
}
