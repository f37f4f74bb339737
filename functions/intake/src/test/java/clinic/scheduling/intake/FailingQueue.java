package clinic.scheduling.intake;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.Queue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A queue in memory that is out of reach for as many messages as it is told. */
final class FailingQueue implements Queue<ChangeNotice> {
  private final MemoryQueue<ChangeNotice> queue = new MemoryQueue<>();
  private final AtomicInteger failures = new AtomicInteger();

  void failNext(int messages) {
    failures.set(messages);
  }

  @Override
  public void send(ChangeNotice message, Duration delay) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw SdkClientException.create("Unable to reach the queue");
    }
    queue.send(message, delay);
  }

  List<ChangeNotice> sent() {
    return queue.sent();
  }

  void clear() {
    queue.clear();
    failures.set(0);
  }
}
