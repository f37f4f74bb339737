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
 * Counts calls in fixed windows of time, over all processes at once. Each count is one step of the
 * table, so that no more pass than the limit says, however many come at the same moment. A call of
 * which the table cannot say whether it is one too many is refused, for a moment. Who calls stands
 * in the table under a keyed digest.
 */
public final class RateLimit {
  private static final String TOO_OFTEN = "Send fewer requests, or call the clinic.";

  private static final String IN_DOUBT = "Send the same request again after a moment.";
  private static final Duration MOMENT = Duration.ofSeconds(5);

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
   * @param kind what is limited
   * @param whose who calls, or what is called
   * @param limit how many pass in each window
   * @throws ProblemException 429: until the end of the window, if that many have passed; for a
   *     moment, if the table does not say so
   */
  public void spend(String kind, String whose, Duration window, int limit) {
    if (!counted(() -> rows.count(key(kind, whose, window), limit, end(window)))) {
      throw tooMany(window);
    }
  }

  /**
   * What the table says of a count, for those who count in a way of their own.
   *
   * @throws ProblemException 429 for a moment, if it does not answer or refuses
   */
  public <T> T counted(Supplier<T> step) {
    try {
      return step.get();
    } catch (UnavailableException | SdkException e) {
      Log.of(RateLimit.class).failure("count-unknown", e);
      throw inDoubt();
    }
  }

  /** The row of a count; rows of one kind that count in another way have the same names. */
  public RowKey key(String kind, String whose, Duration window) {
    String digest = Digest.keyed(digestKey, kind, whose);
    return new RowKey("limit#" + digest, kind + "#" + begin(window));
  }

  /** When the window of now ends. */
  public Instant end(Duration window) {
    return Instant.ofEpochSecond(begin(window)).plus(window);
  }

  /** What a call is answered that is one too many. */
  public ProblemException tooMany(Duration window) {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, TOO_OFTEN)
        .retryAfter(Duration.between(clock.instant(), end(window)).plusSeconds(1))
        .asException();
  }

  /** What a call is answered of which nobody knows whether it is one too many. */
  public ProblemException inDoubt() {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, IN_DOUBT).retryAfter(MOMENT).asException();
  }

  /** For digests of people whom a limit is about. */
  public byte[] digestKey() {
    return digestKey.clone();
  }

  private long begin(Duration window) {
    long seconds = window.toSeconds();
    return clock.instant().getEpochSecond() / seconds * seconds;
  }
}
