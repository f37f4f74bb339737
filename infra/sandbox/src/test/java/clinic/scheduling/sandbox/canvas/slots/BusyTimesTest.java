package clinic.scheduling.sandbox.canvas.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Merged busy times give the same answer about a slot as a check of each single interval. */
class BusyTimesTest {
  private static final int SEEDS = 2000;

  @Test
  void aSlotIsTakenIfAnyPieceTakesIt() {
    int taken = 0;
    int between = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      BusyTimes busy = new BusyTimes();
      List<Interval> pieces = new ArrayList<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        pieces.add(any(random));
      }
      pieces.forEach(busy::add);
      Interval slot = any(random);
      boolean expected = pieces.stream().anyMatch(slot::overlaps);

      assertThat(busy.overlaps(slot))
          .as("seed %d: %s in %s", seed, slot, pieces)
          .isEqualTo(expected);
      taken += expected ? 1 : 0;
      between += !expected && pieces.size() > 1 ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(200);
    assertThat(between).isGreaterThan(200);
  }

  private static Interval any(Random random) {
    long start = random.nextInt(100);
    return new Interval(
        Instant.ofEpochSecond(start), Instant.ofEpochSecond(start + 1 + random.nextInt(8)));
  }
}
