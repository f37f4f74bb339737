package clinic.scheduling.core.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A queue in memory, as strict as SQS. The same contract tests run with both. */
public final class MemoryQueue<T> implements Queue<T> {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

  private record Sent<T>(T message, Instant due) {}

  private final List<Sent<T>> sent = new CopyOnWriteArrayList<>();
  private final Clock clock;

  public MemoryQueue() {
    this(Clock.systemUTC());
  }

  public MemoryQueue(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void send(T message, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("a delay is 0 to 15 minutes: " + delay);
    }
    sent.add(new Sent<>(message, clock.instant().plus(delay)));
  }

  /** All messages that were sent, also those that are not due yet. */
  public List<T> sent() {
    return sent.stream().map(Sent::message).toList();
  }

  /** The messages that a receiver would have got by now. */
  public List<T> due() {
    Instant now = clock.instant();
    return sent.stream().filter(it -> !it.due().isAfter(now)).map(Sent::message).toList();
  }

  public void clear() {
    sent.clear();
  }
}
