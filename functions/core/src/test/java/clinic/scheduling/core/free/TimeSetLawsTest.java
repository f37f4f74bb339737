package clinic.scheduling.core.free;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sets of times follow the laws of set algebra. A simple model, which has one bit for each minute,
 * gives the expected results. {@code -Dseed=...} replays a run.
 */
class TimeSetLawsTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int ROUNDS = 5_000;
  private static final Instant ZERO = Instant.parse("2027-01-04T00:00:00Z");
  private static final int MINUTES = 120;

  /** The hard cases, each of which the random tests must have reached. */
  private enum Hard {
    EMPTY,
    TOUCHING,
    NESTED,
    SAME_START,
    SAME_END,
    TWICE,
    ALL_TAKEN,
    NOTHING_IN_COMMON,
    CUT_IN_TWO,
    TAKEN_TO_THE_END
  }

  @BeforeAll
  static void sayTheSeed() {
    System.out.println("TimeSetLawsTest seed " + SEED);
  }

  @Test
  void mergingNeverLosesAMinuteAndAddsNone() {
    always((any, other) -> assertThat(model(TimeSet.of(any))).isEqualTo(model(any)));
  }

  @Test
  void theOrderOfTheInputsDoesNotMatter() {
    Random random = new Random(SEED);
    always(
        (any, other) -> {
          List<Interval> shuffled = new ArrayList<>(any);
          Collections.shuffle(shuffled, random);

          assertThat(TimeSet.of(shuffled).parts()).isEqualTo(TimeSet.of(any).parts());
        });
  }

  @Test
  void whatIsFreeAndWhatIsBusyHaveNothingInCommon() {
    always(
        (open, busy) -> {
          TimeSet free = TimeSet.of(open).minus(TimeSet.of(busy));

          assertThat(free.intersect(TimeSet.of(busy)).isEmpty()).isTrue();
          assertThat(TimeSet.of(busy).intersect(free).parts()).isEmpty();
        });
  }

  @Test
  void whatIsFreeAndWhatIsTakenOfItAreTogetherWhatWasOpen() {
    always(
        (open, busy) -> {
          List<Interval> both = new ArrayList<>();
          both.addAll(TimeSet.of(open).minus(TimeSet.of(busy)).parts());
          both.addAll(TimeSet.of(open).intersect(TimeSet.of(busy)).parts());

          assertThat(TimeSet.of(both).parts()).isEqualTo(TimeSet.of(open).parts());
        });
  }

  @Test
  void subtractingAgreesWithTheModel() {
    always(
        (open, busy) -> {
          BitSet expected = model(open);
          expected.andNot(model(busy));

          assertThat(model(TimeSet.of(open).minus(TimeSet.of(busy)))).isEqualTo(expected);
        });
  }

  @Test
  void intersectingAgreesWithTheModel() {
    always(
        (one, other) -> {
          BitSet expected = model(one);
          expected.and(model(other));

          assertThat(model(TimeSet.of(one).intersect(TimeSet.of(other)))).isEqualTo(expected);
        });
  }

  @Test
  void theHullReachesFromTheFirstMinuteToTheLast() {
    always(
        (any, other) -> {
          BitSet minutes = model(any);

          assertThat(TimeSet.of(any).hull().map(List::of).orElse(List.of()))
              .isEqualTo(
                  minutes.isEmpty()
                      ? List.of()
                      : List.of(minutes(minutes.nextSetBit(0), minutes.length())));
        });
  }

  @Test
  void everyResultIsInOrderAndItsPartsAreApart() {
    always(
        (one, other) -> {
          TimeSet mine = TimeSet.of(one);
          TimeSet theirs = TimeSet.of(other);

          assertNormal(mine);
          assertNormal(mine.minus(theirs));
          assertNormal(mine.intersect(theirs));
        });
  }

  @Test
  void steppingKeepsExactlyTheCandidatesThatLieWholeInside() {
    always(
        (any, several) -> {
          List<Interval> candidates = new ArrayList<>(several);
          candidates.sort(Comparator.comparing(Interval::start));
          BitSet inside = model(any);
          List<Interval> expected =
              candidates.stream().filter(one -> isWhole(model(List.of(one)), inside)).toList();

          assertThat(TimeSet.of(any).inside(candidates)).isEqualTo(expected);
        });
  }

  @Test
  void shiftingByWholeWeeksCommutesWithEveryOperation() {
    Duration weeks = Duration.ofDays(7L * new Random(SEED).nextInt(1, 60));
    always(
        (one, other) -> {
          TimeSet late = TimeSet.of(shifted(one, weeks));
          TimeSet lateOther = TimeSet.of(shifted(other, weeks));
          TimeSet mine = TimeSet.of(one);
          TimeSet theirs = TimeSet.of(other);

          assertThat(late.parts()).isEqualTo(shifted(mine.parts(), weeks));
          assertThat(late.minus(lateOther).parts())
              .isEqualTo(shifted(mine.minus(theirs).parts(), weeks));
          assertThat(late.intersect(lateOther).parts())
              .isEqualTo(shifted(mine.intersect(theirs).parts(), weeks));
        });
  }

  @Test
  void theHardStatesWereReached() {
    Map<Hard, Integer> seen = new EnumMap<>(Hard.class);

    always(
        (one, other) ->
            hardStates(one, other).forEach(state -> seen.merge(state, 1, Integer::sum)));

    assertThat(seen).as("seed %s", SEED).containsOnlyKeys(Hard.values());
  }

  private static List<Hard> hardStates(List<Interval> one, List<Interval> other) {
    List<Hard> states = new ArrayList<>();
    if (one.isEmpty()) {
      states.add(Hard.EMPTY);
    }
    for (int i = 0; i < one.size(); i++) {
      for (int j = 0; j < one.size(); j++) {
        if (i != j) {
          states.addAll(hardPairs(one.get(i), one.get(j)));
        }
      }
    }
    TimeSet open = TimeSet.of(one);
    TimeSet free = open.minus(TimeSet.of(other));
    if (!open.isEmpty() && free.isEmpty()) {
      states.add(Hard.ALL_TAKEN);
    }
    if (!open.isEmpty() && !other.isEmpty() && open.intersect(TimeSet.of(other)).isEmpty()) {
      states.add(Hard.NOTHING_IN_COMMON);
    }
    if (free.parts().size() > open.parts().size()) {
      states.add(Hard.CUT_IN_TWO);
    }
    if (open.parts().stream()
        .anyMatch(part -> other.stream().anyMatch(busy -> busy.end().equals(part.end())))) {
      states.add(Hard.TAKEN_TO_THE_END);
    }
    return states;
  }

  private static List<Hard> hardPairs(Interval a, Interval b) {
    List<Hard> states = new ArrayList<>();
    if (a.equals(b)) {
      states.add(Hard.TWICE);
    } else if (a.start().equals(b.start())) {
      states.add(Hard.SAME_START);
    } else if (a.end().equals(b.end())) {
      states.add(Hard.SAME_END);
    } else if (a.contains(b)) {
      states.add(Hard.NESTED);
    } else if (a.end().equals(b.start())) {
      states.add(Hard.TOUCHING);
    }
    return states;
  }

  private static void always(BiConsumer<List<Interval>, List<Interval>> law) {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      List<Interval> one = some(random);
      List<Interval> other = some(random);
      try {
        law.accept(one, other);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + SEED + ", round " + round + ": " + one + " and " + other, e);
      }
    }
  }

  /** Up to eight intervals within so short a time that their ends often coincide. */
  private static List<Interval> some(Random random) {
    int many = random.nextInt(0, 9);
    int longest = random.nextInt(1, 40);
    List<Interval> some = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      int length = random.nextInt(1, longest + 1);
      int from = random.nextInt(0, MINUTES - length + 1);
      some.add(minutes(from, from + length));
    }
    return some;
  }

  private static Interval minutes(int from, int to) {
    return new Interval(ZERO.plus(Duration.ofMinutes(from)), ZERO.plus(Duration.ofMinutes(to)));
  }

  private static BitSet model(TimeSet set) {
    return model(set.parts());
  }

  private static BitSet model(Collection<Interval> any) {
    BitSet minutes = new BitSet(MINUTES);
    any.forEach(one -> minutes.set(minuteOf(one.start()), minuteOf(one.end())));
    return minutes;
  }

  private static int minuteOf(Instant instant) {
    return Math.toIntExact(Duration.between(ZERO, instant).toMinutes());
  }

  private static boolean isWhole(BitSet candidate, BitSet inside) {
    BitSet outside = (BitSet) candidate.clone();
    outside.andNot(inside);
    return outside.isEmpty();
  }

  private static void assertNormal(TimeSet set) {
    List<Interval> parts = set.parts();
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).start()).isAfter(parts.get(i - 1).end());
    }
    assertThat(parts).allMatch(part -> part.start().isBefore(part.end()));
    assertThat(set.isEmpty()).isEqualTo(parts.isEmpty());
  }

  private static List<Interval> shifted(List<Interval> any, Duration by) {
    return any.stream().map(one -> new Interval(one.start().plus(by), one.end().plus(by))).toList();
  }
}
