package clinic.scheduling.core.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A queue that keeps what it was sent, as strict as the real one: the contract runs over both. */
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

  /** Everything, also what is not yet due. */
  public List<T> sent() {
    return sent.stream().map(Sent::message).toList();
  }

  /** What a receiver would be given by now. */
  public List<T> due() {
    Instant now = clock.instant();
    return sent.stream().filter(it -> !it.due().isAfter(now)).map(Sent::message).toList();
  }

  public void clear() {
    sent.clear();
  }
}
