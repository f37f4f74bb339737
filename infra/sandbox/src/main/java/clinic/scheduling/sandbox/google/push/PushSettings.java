package clinic.scheduling.sandbox.google.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Which messages are lost, repeated or late, and how they are tried again. The sync message of a
 * channel is never lost.
 *
 * @param drop the share of messages that are lost, 0 to 1
 * @param duplicate the share of messages that are sent twice
 * @param delay the share of messages that are sent {@code delayMs} late
 * @param seed decides which messages these are
 * @param attempts how often a message is tried in all
 * @param backoffMs the wait before the second attempt; it doubles each time
 * @param timeoutMs the limit of one attempt
 */
public record PushSettings(
    double drop,
    double duplicate,
    double delay,
    long delayMs,
    long seed,
    int attempts,
    long backoffMs,
    long timeoutMs) {
  private static final int MOST_ATTEMPTS = 10;
  private static final long LONGEST_MS = 600_000;
  private static final Set<String> NAMES =
      Set.of("drop", "duplicate", "delay", "delayMs", "seed", "attempts", "backoffMs", "timeoutMs");

  public PushSettings {
    for (double share : new double[] {drop, duplicate, delay}) {
      require(share >= 0 && share <= 1, "drop, duplicate and delay must be 0 to 1");
    }
    require(attempts >= 1 && attempts <= MOST_ATTEMPTS, "attempts must be 1 to " + MOST_ATTEMPTS);
    for (long wait : new long[] {delayMs, backoffMs, timeoutMs}) {
      require(wait >= 0 && wait <= LONGEST_MS, "waits must be 0 to " + LONGEST_MS + " ms");
    }
    require(timeoutMs > 0, "timeoutMs must be positive");
  }

  /** No faults. */
  public static PushSettings usual() {
    return new PushSettings(0, 0, 0, 2_000, 1, 5, 200, 30_000);
  }

  /**
   * The same with the members of the object.
   *
   * @throws IllegalArgumentException if a member is unknown or not allowed
   */
  public PushSettings with(JsonNode changes) {
    changes.fieldNames().forEachRemaining(name -> require(NAMES.contains(name), "no " + name));
    return new PushSettings(
        changes.path("drop").asDouble(drop),
        changes.path("duplicate").asDouble(duplicate),
        changes.path("delay").asDouble(delay),
        changes.path("delayMs").asLong(delayMs),
        changes.path("seed").asLong(seed),
        changes.path("attempts").asInt(attempts),
        changes.path("backoffMs").asLong(backoffMs),
        changes.path("timeoutMs").asLong(timeoutMs));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
