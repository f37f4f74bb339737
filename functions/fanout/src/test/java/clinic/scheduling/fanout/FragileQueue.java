package clinic.scheduling.fanout;

import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import java.time.Duration;
import java.util.List;

/** The orders of messages to patients; it can be out of reach. */
public class FragileQueue implements Queue<PatientMessage> {
  private final MemoryQueue<PatientMessage> queue = new MemoryQueue<>();
  private volatile boolean broken;

  void breakDown() {
    broken = true;
  }

  void recover() {
    broken = false;
  }

  void clear() {
    queue.clear();
  }

  List<PatientMessage> sent() {
    return queue.sent();
  }

  @Override
  public void send(PatientMessage message, Duration delay) {
    if (broken) {
      throw new IllegalStateException("the queue is out of reach");
    }
    queue.send(message, delay);
  }
}
