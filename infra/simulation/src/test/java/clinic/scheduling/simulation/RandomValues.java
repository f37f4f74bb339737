package clinic.scheduling.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** The random values of a run, from its seed. */
final class RandomValues {
  private final SplittableRandom random;

  RandomValues(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns true with this probability, in percent. */
  boolean percent(double percent) {
    return random.nextDouble() * 100 < percent;
  }

  /** A random number, both bounds included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long number() {
    return random.nextLong();
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A random text in the form of a UUID. */
  String uuid() {
    return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
  }
}
