package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How much time the work on this thread has left for calls. Each call has a time-out of its own;
 * the budget keeps their sum within one invocation (docs/facts/aws.md 1, 3). Work without a budget
 * is not limited.
 */
public final class CallBudget {
  private static final Duration RETRY = Duration.ofSeconds(3);

  /** With less time left than this, no call begins. */
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
   * Callers check this before a write to Canvas whose outcome they must learn.
   *
   * @throws UnavailableException if less than {@code needed} is left; nothing has begun
   */
  public void require(Duration needed) {
    if (!Optional.ofNullable(deadlines.get())
        .map(now -> now.canvasStart().leaves(needed))
        .orElse(true)) {
      throw new UnavailableException("canvas: no time left", RETRY);
    }
  }

  /**
   * The time-out for a call to the table or a queue now.
   *
   * @param system who is called
   * @param usual the time-out if there is enough time
   * @throws UnavailableException if no time is left; nothing has begun
   */
  public Duration atMost(String system, Duration usual) {
    Duration left = Optional.ofNullable(deadlines.get()).map(now -> now.end().left()).orElse(usual);
    if (left.compareTo(SHORTEST) < 0) {
      throw new UnavailableException(system + ": no time left", RETRY);
    }
    return left.compareTo(usual) < 0 ? left : usual;
  }
}
