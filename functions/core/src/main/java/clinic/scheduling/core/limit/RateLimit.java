package clinic.scheduling.core.limit;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Rate limits in fixed windows of time, counted over all processes (docs/decisions/0020). Each call
 * is counted in one conditional write. So no more calls pass than the limit allows, even if many
 * arrive at once. If the table does not answer or throttles, the call is refused with a short
 * Retry-After. The table has only a keyed digest of the caller.
 */
public final class RateLimit {
  private static final String TOO_OFTEN = "Send fewer requests, or call the clinic.";

  private static final String IN_DOUBT = "Send the same request again after a moment.";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Rows rows;
  private final Clock clock;
  private final byte[] digestKey;

  public RateLimit(Rows rows, Clock clock, SignedTokens tokens) {
    this.rows = rows;
    this.clock = clock;
    this.digestKey = tokens.digestKey("limits");
  }

  /**
   * Counts one call.
   *
   * @param kind a word for what is limited
   * @param whose who or what has the limit, for example a network address or a patient
   * @param limit how many calls pass in each window
   * @throws ProblemException 429, with Retry-After set to the end of the window if the limit is
   *     reached, or to a few seconds if the table cannot tell
   */
  public void spend(String kind, String whose, Duration window, int limit) {
    if (!counted(() -> rows.count(key(kind, whose, window), limit, end(window)))) {
      throw tooMany(window);
    }
  }

  /**
   * Runs the counting step of a limit that does not use {@link #spend}, and turns failures of the
   * table into 429.
   *
   * @throws ProblemException 429 with a Retry-After of a few seconds, if the table does not answer
   *     or refuses to count
   */
  public <T> T counted(Supplier<T> step) {
    try {
      return step.get();
    } catch (UnavailableException | SdkException e) {
      Log.of(RateLimit.class).failure("count-unknown", e);
      throw inDoubt();
    }
  }

  /**
   * The key of the counter for the current window. Limits that do not count with {@link #spend}
   * also get their keys here.
   */
  public RowKey key(String kind, String whose, Duration window) {
    String digest = Digest.keyed(digestKey, kind, whose);
    return new RowKey("limit#" + digest, kind + "#" + begin(window));
  }

  /** When the current window ends. */
  public Instant end(Duration window) {
    return Instant.ofEpochSecond(begin(window)).plus(window);
  }

  /** The problem for a call that certainly exceeds a limit. */
  public ProblemException tooMany(Duration window) {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, TOO_OFTEN)
        .retryAfter(Duration.between(clock.instant(), end(window)).plusSeconds(1))
        .asException();
  }

  /** The problem for a call of which we cannot tell whether it exceeds a limit. */
  public ProblemException inDoubt() {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, IN_DOUBT)
        .retryAfter(RETRY_AFTER)
        .asException();
  }

  /** The digest key for limits that identify a person by a digest. */
  public byte[] digestKey() {
    return digestKey.clone();
  }

  private long begin(Duration window) {
    long seconds = window.toSeconds();
    return clock.instant().getEpochSecond() / seconds * seconds;
  }
}
