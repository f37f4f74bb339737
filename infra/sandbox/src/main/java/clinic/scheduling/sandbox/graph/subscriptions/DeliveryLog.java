package clinic.scheduling.sandbox.graph.subscriptions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest deliveries; older ones are only counted. */
final class DeliveryLog {
  private static final int KEPT = 1_000;

  private final Deque<NoticeDelivery> latest = new ArrayDeque<>();
  private long count;

  synchronized void add(NoticeDelivery delivery) {
    count++;
    latest.addLast(delivery);
    if (latest.size() > KEPT) {
      latest.removeFirst();
    }
  }

  synchronized long count() {
    return count;
  }

  synchronized List<NoticeDelivery> latest() {
    return List.copyOf(latest);
  }

  synchronized void clear() {
    latest.clear();
    count = 0;
  }
}
