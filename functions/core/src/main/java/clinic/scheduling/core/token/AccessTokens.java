package clinic.scheduling.core.token;

import clinic.scheduling.core.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the bearer token (RFC 6750) of one outside system until shortly before it expires, or
 * until it is refused. Concurrent callers wait for one request.
 */
public final class AccessTokens {
  private static final Duration LONGEST_MARGIN = Duration.ofSeconds(60);

  private final Supplier<Issued> issuer;
  private final Clock clock;
  private @Nullable Issued issued;
  private Instant renewAt = Instant.EPOCH;

  public AccessTokens(Supplier<Issued> issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * A token as it was issued.
   *
   * @param life how long it is valid from the moment of issue
   */
  public record Issued(Secret token, Duration life) {}

  /**
   * A token that does not expire soon; requests a new one if necessary. Exceptions of the issuer
   * are passed on.
   */
  public synchronized Secret current() {
    Issued known = issued;
    if (known == null || !clock.instant().isBefore(renewAt)) {
      Instant asked = clock.instant();
      known = issuer.get();
      issued = known;
      renewAt = asked.plus(known.life()).minus(margin(known.life()));
    }
    return known.token();
  }

  /**
   * Call this after a 401. The next caller gets a new token, unless one has been issued already.
   */
  public synchronized void invalidate(Secret token) {
    if (issued != null && issued.token().equals(token)) {
      issued = null;
    }
  }

  private static Duration margin(Duration life) {
    Duration tenth = life.dividedBy(10);
    return tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
  }
}
