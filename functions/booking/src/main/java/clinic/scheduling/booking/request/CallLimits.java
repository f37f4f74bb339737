package clinic.scheduling.booking.request;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.limit.RateLimit;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * The rate limits for each network address and each visit
 * (docs/decisions/0020-how-calls-are-counted.md). A call above its limit is refused with 429. If
 * DynamoDB does not tell us whether a call is above its limit, we refuse that call with 429 as
 * well. {@link BookingLimits} has the limits of a contact point and of a patient.
 *
 * <table>
 * <caption>The limits</caption>
 * <tr><th>method</th><th>what is counted</th><th>period</th><th>limit</th></tr>
 * <tr><td>{@link #countBooking}</td><td>bookings asked for from one network address</td>
 *     <td>a minute</td><td>{@code limits.requestsPerMinute} of the practice document</td></tr>
 * <tr><td>{@link #countManaging}</td><td>reads and changes from one network address</td>
 *     <td>a minute</td><td>{@code limits.manageRequestsPerMinute}</td></tr>
 * <tr><td>{@link #countChange}</td><td>new requests to change one visit</td>
 *     <td>a day</td><td>40</td></tr>
 * <tr><td>{@link #countCancellation}</td><td>new requests to change one visit, if this one
 *     would cancel it</td>
 *     <td>a day</td><td>50</td></tr>
 * </table>
 */
@Singleton
public class CallLimits {
  /**
   * The most new requests to change one visit in a day. A patient needs far fewer. Repeats are not
   * counted.
   */
  public static final int REQUESTS_PER_VISIT_AND_DAY = 40;

  /**
   * Requests to cancel may exceed the limit by this many. Otherwise somebody else who has the link
   * could use up the limit, and the patient could not cancel any more.
   */
  private static final int MORE_TO_CANCEL = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Practice practice;
  private final RateLimit rate;

  public CallLimits(Practice practice, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.rate = new RateLimit(rows, clock, tokens);
  }

  public void countBooking(String address) {
    rate.spend("address", address, MINUTE, practice.limits().requestsPerMinute());
  }

  public void countManaging(String address) {
    rate.spend("managing", address, MINUTE, practice.limits().manageRequestsPerMinute());
  }

  /**
   * @param request the ledger row of a request that was never sent before
   */
  public void countChange(RowKey request) {
    rate.spend("visit", request.partition(), DAY, REQUESTS_PER_VISIT_AND_DAY);
  }

  /**
   * @param request the ledger row of a request that was never sent before and would cancel its
   *     visit
   */
  public void countCancellation(RowKey request) {
    rate.spend("visit", request.partition(), DAY, REQUESTS_PER_VISIT_AND_DAY + MORE_TO_CANCEL);
  }
}
