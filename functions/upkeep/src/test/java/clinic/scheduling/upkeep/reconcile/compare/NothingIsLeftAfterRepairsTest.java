package clinic.scheduling.upkeep.reconcile.compare;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Expected;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever went wrong, one reconciliation repairs it: a second one finds nothing. */
class NothingIsLeftAfterRepairsTest {
  private static final int SEEDS = Integer.getInteger("reconcile.seeds", 500);
  private static final long FIRST = Long.getLong("reconcile.seed", 1);

  private int onOtherDays;
  private final Map<Kind, Set<Repair>> met = new EnumMap<>(Kind.class);

  @Test
  void aSecondReconciliationFindsNothing() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      RandomClinic world = new RandomClinic(seed);
      world.live(60);

      RandomClinic.CLINICIANS.keySet().stream().sorted().forEach(who -> reconcile(world, who));

      for (String who : RandomClinic.CLINICIANS.keySet()) {
        Snapshot after = world.snapshot(who);
        String replay = "seed %d, replay with -Dreconcile.seed=%d -Dreconcile.seeds=1";
        assertThat(Comparison.of(after)).as(replay.formatted(seed, seed)).isEmpty();
        assertThat(SideDigests.of(after).equal()).as(replay.formatted(seed, seed)).isTrue();
        onOtherDays +=
            after.expected().stream().map(Expected::key).anyMatch(after.onOtherDays()::contains)
                ? 1
                : 0;
      }
    }
    assertEverythingWasMet();
  }

  @Test
  void bothSidesAreEqualExactlyIfNothingIsOutOfPlace() {
    int unequal = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      RandomClinic world = new RandomClinic(seed);
      world.live(3 + world.random.nextInt(30));
      for (String who : RandomClinic.CLINICIANS.keySet()) {
        Snapshot snapshot = world.snapshot(who);
        boolean inPlace =
            Comparison.of(snapshot).stream()
                .map(Discrepancy::kind)
                .allMatch(EnumSet.of(Kind.UNKNOWN_TO_LEDGER, Kind.LEFT_BEHIND)::contains);
        // An entry to adopt may also have the wrong content. Then the digests differ, but the
        // comparison lists no discrepancy for the content.
        boolean adopts =
            Comparison.of(snapshot).stream().anyMatch(it -> it.repair() == Repair.ADOPT);
        if (!adopts) {
          assertThat(SideDigests.of(snapshot).equal()).as("seed %d", seed).isEqualTo(inPlace);
          unequal += inPlace ? 0 : 1;
        }
      }
    }
    assertThat(unequal).isGreaterThan(SEEDS / 10);
  }

  private void reconcile(RandomClinic world, String who) {
    List<Discrepancy> discrepancies = Comparison.of(world.snapshot(who));
    Set<String> hints = new LinkedHashSet<>();
    for (Discrepancy discrepancy : discrepancies) {
      met.computeIfAbsent(discrepancy.kind(), kind -> EnumSet.noneOf(Repair.class))
          .add(discrepancy.repair());
      switch (discrepancy.repair()) {
        case HINT -> hints.add(discrepancy.key().visit());
        case ADOPT -> {
          world.adopt(discrepancy.entry().orElseThrow());
          hints.add(discrepancy.key().visit());
        }
        case REMOVE -> world.remove(discrepancy.entry().orElseThrow());
      }
    }
    hints.forEach(world::hint);
  }

  private void assertEverythingWasMet() {
    if (SEEDS < 100) {
      return;
    }
    assertThat(onOtherDays).as("some visits moved to days outside the window").isPositive();
    assertThat(met.keySet())
        .as("the comparison of calendars finds every kind but these")
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Kind.UNTOLD, Kind.TWICE_BOOKED)));
    assertThat(met.get(Kind.ORPHANED)).containsExactly(Repair.HINT, Repair.REMOVE);
    assertThat(met.get(Kind.MISPLACED)).containsExactly(Repair.HINT, Repair.REMOVE);
    assertThat(met.get(Kind.UNKNOWN_TO_LEDGER)).containsExactly(Repair.HINT, Repair.ADOPT);
  }
}
