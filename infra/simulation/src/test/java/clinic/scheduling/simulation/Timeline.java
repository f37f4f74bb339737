package clinic.scheduling.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, in milliseconds. Everything runs on one thread: while a caller waits for a
 * response, events that fall due run on top of its stack. So the steps of several workers
 * interleave as they would in several processes, and a seed always gives the same order.
 */
final class Timeline {
  /**
   * The limit of nested waits. Beyond it, an event waits until a caller is done, but still runs
   * with its own time.
   */
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

  /** How many events ran while another one was waiting. */
  long nested() {
    return nested;
  }

  void at(long time, Runnable what) {
    waiting.add(new Due(time, number++, what));
  }

  /** Schedules an event that must not run while another one waits, because it takes long. */
  void longAt(long time, Runnable what) {
    longOnes.add(new Due(time, number++, what));
  }

  void after(long millis, Runnable what) {
    at(now + millis, what);
  }

  /** Waits. Each event that falls due meanwhile starts at its own time. */
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

  /** Runs all events that are due by then. */
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
