package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Limits the time that the work on one thread spends in calls to Canvas, the table and the queues.
 * Each call has a time-out of its own. The budget also limits the time of all calls together, so
 * that they end before the invocation does (docs/facts/aws.md 1, 3). Work without a budget is not
 * limited.
 */
public final class CallBudget {
  private static final Duration RETRY = Duration.ofSeconds(3);

  /** With less time left than this, no call to the table or a queue begins. */
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final ThreadLocal<Deadlines> deadlines = new ThreadLocal<>();
  private final Clock clock;

  public CallBudget(Clock clock) {
    this.clock = clock;
    AbandonedResponses.closeConnections();
  }

  /**
   * The time after which no call to Canvas begins, and the time at which calls to the table and the
   * queues end.
   */
  private record Deadlines(Deadline canvasStart, Deadline end) {}

  /**
   * Runs work with a budget: no call to Canvas begins later than {@code calls} from now, and no
   * call to the table or a queue lasts beyond {@code all} from now.
   */
  public <T> T within(Duration calls, Duration all, Supplier<T> work) {
    deadlines.set(new Deadlines(Deadline.in(calls, clock), Deadline.in(all, clock)));
    try {
      return work.get();
    } finally {
      deadlines.remove();
    }
  }

  /**
   * Call this before a write to Canvas whose outcome the caller must learn.
   *
   * @throws UnavailableException if less than {@code needed} is left for calls to Canvas; no call
   *     was made
   */
  public void require(Duration needed) {
    if (!Optional.ofNullable(deadlines.get())
        .map(now -> now.canvasStart().leaves(needed))
        .orElse(true)) {
      throw new UnavailableException("canvas: no time left", RETRY);
    }
  }

  /**
   * The time that something else may take, so that {@code needed} is left for calls to Canvas
   * afterwards.
   *
   * @param usual the time that it may take if there is enough
   * @return not more than {@code usual}, and not negative
   */
  public Duration spare(Duration needed, Duration usual) {
    Duration spare =
        Optional.ofNullable(deadlines.get())
            .map(now -> now.canvasStart().left().minus(needed))
            .orElse(usual);
    if (spare.isNegative()) {
      return Duration.ZERO;
    }
    return spare.compareTo(usual) < 0 ? spare : usual;
  }

  /**
   * The time-out for a call to the table or a queue that begins now.
   *
   * @param system the name of the called system, for the exception
   * @param usual the time-out if there is enough time
   * @throws UnavailableException if less than 100 ms are left; no call was made
   */
  public Duration atMost(String system, Duration usual) {
    Duration left = Optional.ofNullable(deadlines.get()).map(now -> now.end().left()).orElse(usual);
    if (left.compareTo(SHORTEST) < 0) {
      throw new UnavailableException(system + ": no time left", RETRY);
    }
    return left.compareTo(usual) < 0 ? left : usual;
  }
}
