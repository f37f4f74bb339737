package clinic.scheduling.canvas;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How long the work on this thread may go on calling Canvas. Each call has a time-out of its own;
 * this keeps their sum within the life of an invocation. Work that was given no time may call as
 * long as it likes.
 */
@Singleton
public final class TimeLeft {
  private static final Duration RETRY = Duration.ofSeconds(3);

  private final ThreadLocal<Deadline> lastCall = new ThreadLocal<>();
  private final Clock clock;

  TimeLeft(Clock clock) {
    this.clock = clock;
  }

  /** Does work in which no call of Canvas is begun later than so long from now. */
  public <T> T callsWithin(Duration time, Supplier<T> work) {
    lastCall.set(Deadline.in(time, clock));
    try {
      return work.get();
    } finally {
      lastCall.remove();
    }
  }

  /**
   * To be asked before a write whose outcome has to be learnt.
   *
   * @throws UnavailableException if no call may begin after so long; nothing was begun
   */
  public void require(Duration needed) {
    if (!Optional.ofNullable(lastCall.get()).map(end -> end.leaves(needed)).orElse(true)) {
      throw new UnavailableException("canvas: no time left", RETRY);
    }
  }
}
