package clinic.scheduling.core;

/** The seed of a random test. It is printed, and {@code -Dseed=} replays it. */
public final class Seed {
  private Seed() {}

  /** Returns and prints a new seed in each run, or the seed that {@code -Dseed=} gives. */
  public static long of(Class<?> test) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(test.getSimpleName() + " seed " + seed + ", replay with -Dseed=" + seed);
    return seed;
  }
}
