package clinic.scheduling.local.lambda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Invocations that wait for a process, and processes that wait for an invocation. */
final class InvocationQueue {
  private final Deque<Invocation> invocations = new ArrayDeque<>();
  private int idle;

  synchronized void add(Invocation invocation) {
    invocations.addLast(invocation);
    notifyAll();
  }

  /** Returns an invocation that did not reach its process to the head of the queue. */
  synchronized void putBack(Invocation invocation) {
    invocations.addFirst(invocation);
    notifyAll();
  }

  /**
   * Waits for an invocation. If {@code open} is false after a call of {@link #wake}, it returns
   * empty.
   */
  synchronized Optional<Invocation> take(BooleanSupplier open) throws InterruptedException {
    idle++;
    try {
      while (open.getAsBoolean()) {
        Invocation next = invocations.pollFirst();
        if (next == null) {
          wait();
        } else if (!next.ended()) {
          return Optional.of(next);
        }
      }
      return Optional.empty();
    } finally {
      idle--;
    }
  }

  synchronized void wake() {
    notifyAll();
  }

  /** How many invocations would still wait if each idle process took one. */
  synchronized int unserved() {
    return Math.max(0, invocations.size() - idle);
  }

  /** Removes an invocation from the queue and ends it with this outcome, if it still waits. */
  synchronized void expire(Invocation invocation, Outcome how) {
    if (invocations.remove(invocation)) {
      invocation.end(how);
    }
  }

  synchronized List<Invocation> drain() {
    List<Invocation> all = new ArrayList<>(invocations);
    invocations.clear();
    return all;
  }
}
