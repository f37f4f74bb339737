package clinic.scheduling.upkeep.reconcile.compare;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The guard stops a run that would remove too many entries. */
class GuardTest {
  private final Guard guard = new Guard(3, 20, 25);

  @Test
  void aFewMayAlwaysGo() {
    assertThat(guard.removesTooMany(removals(3), 3)).isFalse();
  }

  @Test
  void aLargerPartMayNot() {
    assertThat(guard.removesTooMany(removals(4), 16)).isFalse();
    assertThat(guard.removesTooMany(removals(4), 15)).isTrue();
  }

  @Test
  void moreThanTheMostMayNotWhateverThePart() {
    assertThat(guard.removesTooMany(removals(20), 1000)).isFalse();
    assertThat(guard.removesTooMany(removals(21), 1000)).isTrue();
  }

  @Test
  void anEntryCountsWhoeverTakesItAway() {
    List<Discrepancy> byNotice =
        IntStream.range(0, 4).mapToObj(i -> finding(Kind.MISPLACED, Repair.HINT, i)).toList();

    assertThat(guard.removesTooMany(byNotice, 4)).isTrue();
  }

  @Test
  void aMistypedAddressDoesNotEmptyTheCalendarThatItNamedBefore() {
    assertThat(guard.removesTooMany(leftBehind(3), 0)).isFalse();
    assertThat(guard.removesTooMany(leftBehind(4), 11)).isTrue();
    assertThat(guard.removesTooMany(leftBehind(4), 12)).as("they count as entries, too").isFalse();
    assertThat(guard.removesTooMany(leftBehind(21), 1000)).isTrue();
  }

  @Test
  void whatIsAddedDoesNotCount() {
    List<Discrepancy> missing =
        IntStream.range(0, 100).mapToObj(i -> finding(Kind.MISSING, Repair.HINT, i)).toList();

    assertThat(guard.removesTooMany(missing, 0)).isFalse();
  }

  private static List<Discrepancy> removals(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> finding(Kind.ORPHANED, Repair.REMOVE, i))
        .toList();
  }

  private static List<Discrepancy> leftBehind(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> finding(Kind.LEFT_BEHIND, Repair.HINT, i))
        .toList();
  }

  private static Discrepancy finding(Kind kind, Repair repair, int number) {
    return new Discrepancy(kind, new EntryKey("outlook-i", "v" + number), repair, Optional.empty());
  }
}
