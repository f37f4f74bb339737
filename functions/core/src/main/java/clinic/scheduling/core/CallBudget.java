package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How long the work on this thread may go on calling others. Each call has a limit of its own; this
 * keeps their sum within the life of an invocation, whoever is slow. Work that was given no time
 * may call as long as it likes.
 */
public final class CallBudget {
  private static final Duration RETRY = Duration.ofSeconds(3);

  /** What cannot be done in less is not begun. */
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final ThreadLocal<Ends> ends = new ThreadLocal<>();
  private final Clock clock;

  public CallBudget(Clock clock) {
    this.clock = clock;
    AbandonedResponses.areCutOff();
  }

  /** When the last call of Canvas may begin, and when everything is over. */
  private record Ends(Deadline calls, Deadline all) {}

  /**
   * Does work in which no call of Canvas is begun later than {@code calls} from now, and none of
   * the table or of a queue lasts longer than until {@code all} from now.
   */
  public <T> T within(Duration calls, Duration all, Supplier<T> work) {
    ends.set(new Ends(Deadline.in(calls, clock), Deadline.in(all, clock)));
    try {
      return work.get();
    } finally {
      ends.remove();
    }
  }

  /**
   * To be asked before a write to Canvas whose outcome has to be learnt.
   *
   * @throws UnavailableException if no call may begin after so long; nothing was begun
   */
  public void require(Duration needed) {
    if (!Optional.ofNullable(ends.get()).map(end -> end.calls().leaves(needed)).orElse(true)) {
      throw new UnavailableException("canvas: no time left", RETRY);
    }
  }

  /**
   * How long a call of the table or of a queue may take now.
   *
   * @param system who is called
   * @param usual how long it may take when there is time enough
   * @throws UnavailableException if there is none left; nothing was begun
   */
  public Duration atMost(String system, Duration usual) {
    Duration left = Optional.ofNullable(ends.get()).map(end -> end.all().left()).orElse(usual);
    if (left.compareTo(SHORTEST) < 0) {
      throw new UnavailableException(system + ": no time left", RETRY);
    }
    return left.compareTo(usual) < 0 ? left : usual;
  }
}
