package clinic.scheduling.booking.request;

import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.limit.RateLimit;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.verification.ContactPoint;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * The limits of verifications, so that nobody can have us text or mail people
 * (docs/decisions/0059-a-contact-point-is-proved.md). What exceeds a limit is refused with 429. If
 * DynamoDB does not tell us whether a call is above a limit, we refuse it with 429 as well.
 *
 * <table>
 * <caption>The limits</caption>
 * <tr><th>method</th><th>what is counted</th><th>period</th><th>limit</th></tr>
 * <tr><td>{@link #countCall}</td><td>calls about verifications from one network address</td>
 *     <td>a minute</td><td>{@code limits.requestsPerMinute} of the practice document</td></tr>
 * <tr><td>{@link #countBeginning}</td><td>verifications begun from one network address</td>
 *     <td>an hour</td><td>{@code identity.verificationsPerAddressPerHour}</td></tr>
 * <tr><td>{@link #countCode}</td><td>codes for one contact point</td>
 *     <td>an hour</td><td>6</td></tr>
 * <tr><td>{@link #countCode}</td><td>codes for one contact point</td>
 *     <td>a day</td><td>10</td></tr>
 * </table>
 */
@Singleton
public class VerificationLimits {
  /** The most codes for one contact point in an hour. */
  public static final int CODES_PER_HOUR = 6;

  /** The most codes for one contact point in a day. */
  public static final int CODES_PER_DAY = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Practice practice;
  private final RateLimit rate;

  public VerificationLimits(Practice practice, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.rate = new RateLimit(rows, clock, tokens);
  }

  public void countCall(String address) {
    rate.spend("verification call", address, MINUTE, practice.limits().requestsPerMinute());
  }

  public void countBeginning(String address) {
    int limit = practice.identity().verificationsPerAddressPerHour();
    rate.spend("verification", address, HOUR, limit);
  }

  /** Counts a code that is about to be sent to this contact point. */
  public void countCode(ContactPoint contact) {
    // Two kinds, because the first hour of a day and the day begin at the same time.
    rate.spend("code of the hour", contact.normalized().value(), HOUR, CODES_PER_HOUR);
    rate.spend("code of the day", contact.normalized().value(), DAY, CODES_PER_DAY);
  }
}
