package clinic.scheduling.slots;

import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.limit.RateLimit;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * How many lookups one network address may ask for, by the practice document: each may cost several
 * calls of Canvas for every clinician. Where the table cannot count, it cannot tell which times are
 * held either, so there is no lookup without a count.
 */
@Singleton
class LookupLimit {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Practice practice;
  private final RateLimit rate;

  LookupLimit(Practice practice, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.rate = new RateLimit(rows, clock, tokens);
  }

  /**
   * Counts one lookup.
   *
   * @throws ProblemException 429 if there were too many in this minute, or nobody knows
   */
  void spend(Request request) {
    rate.spend("lookup", request.address(), MINUTE, practice.limits().lookupsPerMinute());
  }
}
