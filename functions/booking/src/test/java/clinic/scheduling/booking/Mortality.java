package clinic.scheduling.booking;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The life of the process: it can be told to die at a counted step. Every effect has two, one
 * before it and one after it. A dead process does nothing more, whatever its code still tries.
 */
@Singleton
class Mortality {
  private static final int NEVER = Integer.MAX_VALUE;

  private final AtomicInteger stepsLeft = new AtomicInteger(NEVER);
  private final AtomicInteger effects = new AtomicInteger();
  private final AtomicBoolean onceAnnounced = new AtomicBoolean();

  /** An error and not an exception, so that nothing in the code mends it. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death() {
      super("the process was killed", null, false, false);
    }
  }

  /** The process is killed when it comes to its n-th step from now, counted from 1. */
  void dieAt(int step) {
    effects.set(0);
    stepsLeft.set(step);
  }

  /** The process is killed as soon as others have heard of what it did. */
  void dieOnceAnnounced() {
    onceAnnounced.set(true);
  }

  void announced() {
    if (onceAnnounced.getAndSet(false)) {
      stepsLeft.set(1);
      step();
    }
  }

  /** The process lives, or another takes its place. */
  void live() {
    effects.set(0);
    stepsLeft.set(NEVER);
    onceAnnounced.set(false);
  }

  boolean isDead() {
    return stepsLeft.get() <= 0;
  }

  /** How many effects there were since it was last told how long to live. */
  int effects() {
    return effects.get();
  }

  void before() {
    step();
  }

  void after() {
    effects.incrementAndGet();
    step();
  }

  /** After noting that somebody has called, which is done for every call. */
  void afterCounting() {
    step();
  }

  /** What a dead process cannot do either, though it changes nothing. */
  void breathe() {
    if (isDead()) {
      throw new Death();
    }
  }

  private void step() {
    if (stepsLeft.get() != NEVER && stepsLeft.decrementAndGet() <= 0) {
      throw new Death();
    }
  }
}
