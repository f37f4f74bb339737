package clinic.scheduling.fanout;

import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queue of message requests, which a test can make unavailable. */
public class FragileQueue implements Queue<PatientMessage> {
  private final MemoryQueue<PatientMessage> queue = new MemoryQueue<>();
  private final List<Duration> delays = new CopyOnWriteArrayList<>();
  private volatile boolean broken;
  private volatile Runnable meanwhile = () -> {};

  void breakDown() {
    broken = true;
  }

  /** Sets what happens while a message is sent. */
  void meanwhile(Runnable event) {
    meanwhile = event;
  }

  void recover() {
    broken = false;
    meanwhile = () -> {};
  }

  void clear() {
    queue.clear();
    delays.clear();
  }

  /** The delay of each message, in the order of sending. */
  List<Duration> delays() {
    return delays;
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
    delays.add(delay);
    queue.send(message, delay);
  }
}
