package clinic.scheduling.core.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A queue that keeps what it was sent. */
public final class MemoryQueue<T> implements Queue<T> {
  private final List<T> sent = new CopyOnWriteArrayList<>();

  @Override
  public void send(T message, Duration delay) {
    sent.add(message);
  }

  public List<T> sent() {
    return List.copyOf(sent);
  }

  public void clear() {
    sent.clear();
  }
}
