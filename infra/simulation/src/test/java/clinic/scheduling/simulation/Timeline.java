package clinic.scheduling.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, in milliseconds. Everything runs on one thread: whoever waits for an answer lets
 * what falls due meanwhile happen first, in his own stack. So the steps of several workers come in
 * between each other as they would in several processes, and a seed always gives the same order.
 */
final class Timeline {
  /** Deeper, what is due waits until somebody is done; its own time does not change by that. */
  private static final int DEEPEST = 8;

  private record Due(long at, long number, Runnable what) {}

  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::at).thenComparingLong(Due::number);

  private final PriorityQueue<Due> waiting = new PriorityQueue<>(ORDER);
  private final PriorityQueue<Due> longOnes = new PriorityQueue<>(ORDER);
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

  /** Something that takes so long that it must not happen while somebody else waits. */
  void longAt(long time, Runnable what) {
    longOnes.add(new Due(time, number++, what));
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
    for (Due next = next(); next != null && next.at() <= end; next = next()) {
      (next == longOnes.peek() ? longOnes : waiting).poll();
      now = next.at();
      next.what().run();
    }
    now = end;
  }

  private @Nullable Due next() {
    Due one = waiting.peek();
    Due other = longOnes.peek();
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return ORDER.compare(one, other) <= 0 ? one : other;
  }
}
