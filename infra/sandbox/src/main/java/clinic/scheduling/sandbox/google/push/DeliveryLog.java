package clinic.scheduling.sandbox.google.push;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest deliveries; older ones are only counted. */
public final class DeliveryLog {
  private static final int KEPT = 1000;

  private final Deque<Delivery> latest = new ArrayDeque<>();
  private long count;

  synchronized void add(Delivery delivery) {
    count++;
    latest.addLast(delivery);
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
  }

  /** How many deliveries there were, including lost ones. */
  public synchronized long count() {
    return count;
  }

  /** The last thousand deliveries, oldest first. */
  public synchronized List<Delivery> latest() {
    return List.copyOf(latest);
  }

  synchronized void clear() {
    latest.clear();
    count = 0;
  }
}
