package clinic.scheduling.calendarintake;

import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.Queue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A queue in memory that can be unavailable, or kill its caller before or after it sends. */
final class BrittleQueue implements Queue<CalendarChange> {
  private final MemoryQueue<CalendarChange> queue;
  private final List<Instant> pickUps = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean killsBefore = new AtomicBoolean();
  private final AtomicBoolean killsAfter = new AtomicBoolean();

  BrittleQueue(Clock clock) {
    this.clock = clock;
    this.queue = new MemoryQueue<>(clock);
  }

  void failNext(int messages) {
    failures.set(messages);
  }

  void killBeforeNext() {
    killsBefore.set(true);
  }

  void killAfterNext() {
    killsAfter.set(true);
  }

  @Override
  public void send(CalendarChange message, Duration delay) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw SdkClientException.create("Unable to reach the queue");
    }
    if (killsBefore.getAndSet(false)) {
      throw new InternalError("killed");
    }
    queue.send(message, delay);
    pickUps.add(clock.instant().plus(delay));
    if (killsAfter.getAndSet(false)) {
      throw new InternalError("killed");
    }
  }

  List<CalendarChange> sent() {
    return queue.sent();
  }

  /** The earliest time at which each message can have been picked up. */
  List<Instant> pickUps() {
    return List.copyOf(pickUps);
  }

  List<CalendarChange> due() {
    return queue.due();
  }
}
