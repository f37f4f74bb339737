package clinic.scheduling.sandbox.canvas.notices;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Who gets notices, in which style, and which faults occur.
 *
 * @param subscribers addresses that get every notice
 * @param secret {@code whsec_} and base64, used for every subscriber; empty sends unsigned
 * @param unsigned leaves the three signature headers out
 * @param badSignature signs with another key
 * @param staleTimestamp dates the signature one hour back
 * @param bearer value of an {@code Authorization: Bearer} header, empty for none
 * @param attempts how often one notice is tried in all; the seed style tries once whatever is set
 * @param retryStatuses answers that are tried again; a failed connection always is
 * @param backoffMs wait before the second attempt; it doubles each time
 * @param timeoutMs limit of one attempt
 * @param repeats further copies of each notice, with the same webhook id
 * @param outOfOrder waits a random time up to {@code shuffleMs} before each notice
 * @param loseEvery loses every n-th notice, 0 for none
 * @param loseProbability loses this share of the notices, by {@code seed}
 * @param nullId leaves the appointment id out as JSON null
 * @param superseded what the original of a staff reschedule raises: {@code updated}, {@code
 *     canceled} or {@code none}; in the seed style, only {@code canceled} causes a notice
 * @param identifierSystem whose value goes into the thin notice
 */
public record NotificationSettings(
    List<String> subscribers,
    String secret,
    NoticeStyle style,
    boolean unsigned,
    boolean badSignature,
    boolean staleTimestamp,
    String bearer,
    int attempts,
    List<Integer> retryStatuses,
    long backoffMs,
    long timeoutMs,
    int repeats,
    boolean outOfOrder,
    long shuffleMs,
    long delayMs,
    int loseEvery,
    double loseProbability,
    long seed,
    boolean nullId,
    String superseded,
    String identifierSystem) {

  private static final String WRONG_SECRET =
      "whsec_bm90IHRoZSBzZWNyZXQgeW91IGFyZSBsb29raW5nIGZvcg==";
  static final int MOST_ATTEMPTS = 10;
  static final int MOST_REPEATS = 100;

  public NotificationSettings {
    require(attempts >= 1 && attempts <= MOST_ATTEMPTS, "attempts must be 1 to " + MOST_ATTEMPTS);
    require(repeats >= 0 && repeats <= MOST_REPEATS, "repeats must be 0 to " + MOST_REPEATS);
    require(
        loseProbability >= 0 && loseProbability <= 1, "loseProbability must be between 0 and 1");
    require(
        backoffMs >= 0 && shuffleMs >= 0 && delayMs >= 0 && loseEvery >= 0,
        "waits and loseEvery must not be negative");
    require(timeoutMs > 0, "timeoutMs must be positive");
    require(
        List.of("updated", "canceled", "none").contains(superseded),
        "superseded must be updated, canceled or none");
    StandardWebhook.checkSecret(secret);
    subscribers = List.copyOf(subscribers);
    retryStatuses = List.copyOf(retryStatuses);
  }

  /** No subscribers, the style of our own plugin, and no faults. */
  public static NotificationSettings quiet() {
    return new NotificationSettings(
        List.of(),
        "",
        NoticeStyle.PLUGIN,
        false,
        false,
        false,
        "",
        4,
        List.of(429, 500, 502, 503, 504),
        200,
        30_000,
        0,
        false,
        500,
        0,
        0,
        0,
        1,
        false,
        "updated",
        "urn:example:external-scheduling");
  }

  /** The headers that sign a notice: none, right ones or wrong ones, as these settings say. */
  Map<String, String> signature(String id, Instant now, byte[] body) {
    if (unsigned || secret.isEmpty()) {
      return Map.of();
    }
    Instant at = staleTimestamp ? now.minus(Duration.ofHours(1)) : now;
    return StandardWebhook.headers(id, at, body, badSignature ? WRONG_SECRET : secret);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
