package clinic.scheduling.core;

/** The seed of a random test. It is printed, and {@code -Dseed=} replays it. */
public final class Seed {
  private Seed() {}

  /** Another seed in each run, unless {@code -Dseed=} gives one. */
  public static long of(Class<?> test) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(test.getSimpleName() + " seed " + seed + ", replay with -Dseed=" + seed);
    return seed;
  }
}
