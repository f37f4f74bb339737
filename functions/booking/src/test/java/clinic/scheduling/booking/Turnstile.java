package clinic.scheduling.booking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Interleaves several requests. Only one request runs at a time, from one call to the table or to
 * Canvas until its next call. A seed determines the order. The same seed and the same calls give
 * the same interleaving.
 */
final class Turnstile {
  private static final long STUCK_MILLIS = 20_000;

  private final Random random;
  private final List<Thread> waiting = new ArrayList<>();
  private final Set<Thread> atWork = new HashSet<>();
  private final List<Integer> finished = new ArrayList<>();
  private final List<String> order = new ArrayList<>();

  Turnstile(Random random) {
    this.random = random;
  }

  /** The result of simultaneous requests. */
  record Run<T>(List<T> answers, List<Integer> finished, List<String> order) {}

  /** Starts the requests at the same moment, and lets one run at a time. */
  <T> Run<T> of(List<Supplier<T>> requests) throws InterruptedException {
    List<T> answers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      int number = i;
      answers.add(null);
      threads.add(
          new Thread(
              () -> {
                point("begin");
                T answer = null;
                try {
                  answer = requests.get(number).get();
                } finally {
                  ends(number, answer, answers);
                }
              },
              "request " + i));
    }
    synchronized (this) {
      atWork.addAll(threads);
    }
    threads.forEach(Thread::start);
    while (letOneGoOn()) {}
    for (Thread thread : threads) {
      thread.join(STUCK_MILLIS);
    }
    return new Run<>(answers, finished, order);
  }

  /** A request waits here for its turn. Any other thread passes. */
  synchronized void point(String what) {
    Thread me = Thread.currentThread();
    if (!atWork.remove(me)) {
      return;
    }
    waiting.add(me);
    notifyAll();
    try {
      while (waiting.contains(me)) {
        wait(STUCK_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    order.add(me.getName() + " " + what);
  }

  private synchronized <T> void ends(int number, T answer, List<T> answers) {
    answers.set(number, answer);
    finished.add(number);
    atWork.remove(Thread.currentThread());
    notifyAll();
  }

  /** Waits until each request has reached such a call or its end. */
  private synchronized boolean letOneGoOn() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STUCK_MILLIS);
    while (!atWork.isEmpty()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("a request waits for another one outside the turnstile");
      }
      wait(100);
    }
    if (waiting.isEmpty()) {
      return false;
    }
    waiting.sort((one, other) -> one.getName().compareTo(other.getName()));
    Thread next = waiting.remove(random.nextInt(waiting.size()));
    atWork.add(next);
    notifyAll();
    return true;
  }
}
