package clinic.scheduling.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All randomness of a run, from its seed. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** True in so many of a hundred cases. */
  boolean percent(double percent) {
    return random.nextDouble() * 100 < percent;
  }

  /** Both ends included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long number() {
    return random.nextLong();
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A UUID in form. */
  String uuid() {
    return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
  }
}
