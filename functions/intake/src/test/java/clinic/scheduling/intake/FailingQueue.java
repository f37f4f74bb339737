package clinic.scheduling.intake;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.Queue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A queue in memory that can be unavailable, kill its caller, or be slow. */
final class FailingQueue implements Queue<ChangeNotice> {
  private final MemoryQueue<ChangeNotice> queue = new MemoryQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean deadly = new AtomicBoolean();
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));

  void failNext(int messages) {
    failures.set(messages);
  }

  /** The next caller fails as if its process were killed. */
  void killNext() {
    deadly.set(true);
  }

  /** Makes each call wait until the latch is at zero, and only then queue its message. */
  void behind(CountDownLatch closed) {
    gate.set(closed);
  }

  @Override
  public void send(ChangeNotice message, Duration delay) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw SdkClientException.create("Unable to reach the queue");
    }
    if (deadly.getAndSet(false)) {
      throw new InternalError("killed");
    }
    pass(gate.get());
    queue.send(message, delay);
  }

  private static void pass(CountDownLatch open) {
    try {
      if (!open.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the gate stays closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<ChangeNotice> sent() {
    return queue.sent();
  }

  void clear() {
    queue.clear();
    failures.set(0);
    deadly.set(false);
    gate.set(new CountDownLatch(0));
  }
}
