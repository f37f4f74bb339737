package clinic.scheduling.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Virtual time, in milliseconds. Everything runs on one thread: whoever waits for an answer lets
 * what falls due meanwhile happen first, in his own stack. So the steps of several workers come in
 * between each other as they would in several processes, and a seed always gives the same order.
 */
final class Timeline {
  /** Deeper, what is due waits until somebody is done; its own time does not change by that. */
  private static final int DEEPEST = 8;

  private record Due(long at, long number, Runnable what) {}

  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private long now;
  private long number;
  private int depth;
  private long nested;

  Timeline(long start) {
    this.now = start;
  }

  long now() {
    return now;
  }

  /** How many events ran while somebody else was at work. */
  long nested() {
    return nested;
  }

  void at(long time, Runnable what) {
    waiting.add(new Due(time, number++, what));
  }

  void after(long millis, Runnable what) {
    at(now + millis, what);
  }

  /** The one at work waits; each event that falls due meanwhile begins at its own time. */
  void pass(long millis) {
    long end = now + millis;
    if (depth < DEEPEST) {
      depth++;
      Due next = waiting.peek();
      while (next != null && next.at() <= end) {
        waiting.poll();
        nested++;
        now = next.at();
        next.what().run();
        next = waiting.peek();
      }
      depth--;
    }
    now = end;
  }

  /** Lets everything happen that is due by then. */
  void runUntil(long end) {
    Due next = waiting.peek();
    while (next != null && next.at() <= end) {
      waiting.poll();
      now = next.at();
      next.what().run();
      next = waiting.peek();
    }
    now = end;
  }
}
