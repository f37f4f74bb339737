package clinic.scheduling.booking.request;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.limit.RateLimit;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The limits of the holds that forms take, so that nobody can empty a schedule with them
 * (docs/decisions/0056-a-hold-while-a-form-is-filled.md). What exceeds a limit is refused with 429.
 * If DynamoDB does not tell us whether a call is above a limit, we refuse it with 429 as well.
 *
 * <table>
 * <caption>The limits</caption>
 * <tr><th>method</th><th>what is counted</th><th>period</th><th>limit</th></tr>
 * <tr><td>{@link #countCall}</td><td>calls about holds from one network address</td>
 *     <td>a minute</td><td>{@code limits.requestsPerMinute} of the practice document</td></tr>
 * <tr><td>{@link #countTime}</td><td>holds of one time of one clinician</td>
 *     <td>a day</td><td>10</td></tr>
 * <tr><td>{@link #count}</td><td>holds from one network address</td>
 *     <td>at once</td><td>{@code limits.formHoldsPerAddress}</td></tr>
 * <tr><td>{@link #requireFairShare}</td><td>time of one clinician that forms hold</td>
 *     <td>at once</td><td>a third of the free time of the day, or one hold</td></tr>
 * </table>
 */
@Singleton
public class HoldLimits {
  /** How often forms may hold one time of one clinician in a day. */
  public static final int HOLDS_PER_TIME_AND_DAY = 10;

  /** Forms may hold one part in this many of a clinician's free time of a day. */
  public static final int PARTS_OF_FREE_TIME = 3;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final String WITHOUT_A_HOLD =
      "The time can still be booked without a hold. Or try again after a moment.";

  private final Practice practice;
  private final Rows rows;
  private final RateLimit rate;
  private final Clock clock;

  public HoldLimits(Practice practice, Rows rows, Clock clock, SignedTokens tokens) {
    this.practice = practice;
    this.rows = rows;
    this.rate = new RateLimit(rows, clock, tokens);
    this.clock = clock;
  }

  public void countCall(String address) {
    rate.spend("hold", address, MINUTE, practice.limits().requestsPerMinute());
  }

  /** Counts a hold on this time. Call this only if the time is still free. */
  public void countTime(OfferedSlot offered) {
    String time = offered.slot().practitioner() + " " + offered.slot().start();
    rate.spend("held time", time, DAY, HOLDS_PER_TIME_AND_DAY);
  }

  /**
   * Counts a hold of this address until it ends. A hold that is already counted is not counted
   * again.
   */
  public void count(String address, String owner, Instant until) {
    write(address, owner, until, practice.limits().formHoldsPerAddress());
  }

  /** Counts a hold that is extended. This is never refused for being one too many. */
  public void countExtended(String address, String owner, Instant until) {
    write(address, owner, until, Integer.MAX_VALUE);
  }

  private void write(String address, String owner, Instant until, int limit) {
    Instant now = clock.instant();
    rate.counted(
        () ->
            rows.update(
                held(address),
                row -> {
                  Map<String, String> active = new HashMap<>(row.fields());
                  active.values().removeIf(end -> !Instant.parse(end).isAfter(now));
                  if (!active.containsKey(owner) && active.size() >= limit) {
                    throw tooMany();
                  }
                  active.put(owner, until.toString());
                  return Optional.of(row.next(rate.end(DAY), active));
                }));
  }

  /** Takes a hold that was refused or released out of the count of this address. */
  public void uncount(String address, String owner) {
    rate.counted(
        () ->
            rows.update(
                held(address),
                row -> {
                  Map<String, String> fewer = new HashMap<>(row.fields());
                  return fewer.remove(owner) == null
                      ? Optional.empty()
                      : Optional.of(row.next(rate.end(DAY), fewer));
                }));
  }

  private RowKey held(String address) {
    return rate.key("holds", address, DAY);
  }

  /**
   * Refuses a hold if, with it, forms would hold more than a third of the clinician's free time on
   * the UTC days of this time. If no other form holds a time then, one hold is always allowed.
   *
   * @param free the clinician's free times, as Canvas shows them
   * @param others the holds of other forms on these days
   * @throws ProblemException 429
   */
  public void requireFairShare(OfferedSlot offered, List<Interval> free, List<Hold> others) {
    if (others.isEmpty()) {
      return;
    }
    Interval wanted = offered.withBuffers();
    Duration held =
        length(
            TimeSet.of(Stream.concat(others.stream().map(Hold::time), Stream.of(wanted)).toList()));
    Duration all = length(TimeSet.of(free).intersect(TimeSet.of(List.of(days(wanted)))));
    if (held.multipliedBy(PARTS_OF_FREE_TIME).compareTo(all) > 0) {
      throw tooMany();
    }
  }

  private static Duration length(TimeSet times) {
    return times.parts().stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** The whole UTC days that a time touches. The holds of one day are in one row. */
  private static Interval days(Interval time) {
    return new Interval(
        time.start().atZone(ZoneOffset.UTC).toLocalDate().atStartOfDay(ZoneOffset.UTC).toInstant(),
        time.end()
            .minusNanos(1)
            .atZone(ZoneOffset.UTC)
            .toLocalDate()
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant());
  }

  private static ProblemException tooMany() {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, WITHOUT_A_HOLD)
        .retryAfter(MINUTE)
        .asException();
  }
}
