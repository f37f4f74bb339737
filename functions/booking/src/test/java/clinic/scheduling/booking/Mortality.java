package clinic.scheduling.booking;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills the process at a counted step. Every effect has two steps, one before it and one after it.
 * A dead process has no further effect, whatever its code still tries.
 */
@Singleton
class Mortality {
  private static final int NEVER = Integer.MAX_VALUE;

  private final AtomicInteger stepsLeft = new AtomicInteger(NEVER);
  private final AtomicInteger effects = new AtomicInteger();
  private final AtomicBoolean onceAnnounced = new AtomicBoolean();

  /** An error and not an exception, so that no code catches it. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death() {
      super("the process was killed", null, false, false);
    }
  }

  /** Kills the process at its n-th step from now, counted from 1. */
  void dieAt(int step) {
    effects.set(0);
    stepsLeft.set(step);
  }

  /** Kills the process as soon as it has queued its change notice. */
  void dieOnceAnnounced() {
    onceAnnounced.set(true);
  }

  void announced() {
    if (onceAnnounced.getAndSet(false)) {
      stepsLeft.set(1);
      step();
    }
  }

  /** The process lives, or a new one takes its place. */
  void live() {
    effects.set(0);
    stepsLeft.set(NEVER);
    onceAnnounced.set(false);
  }

  boolean isDead() {
    return stepsLeft.get() <= 0;
  }

  /** The number of effects since the last call of {@link #dieAt} or {@link #live}. */
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

  /** The step after a limit has counted a call. */
  void afterCounting() {
    step();
  }

  /** A dead process cannot read either. */
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
