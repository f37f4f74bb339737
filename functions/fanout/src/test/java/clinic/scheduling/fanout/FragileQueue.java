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
  private volatile Runnable meanwhile = () -> {};

  void breakDown() {
    broken = true;
  }

  /** Something that happens while a message is sent. */
  void meanwhile(Runnable event) {
    meanwhile = event;
  }

  void recover() {
    broken = false;
    meanwhile = () -> {};
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
    meanwhile.run();
    queue.send(message, delay);
  }
}
