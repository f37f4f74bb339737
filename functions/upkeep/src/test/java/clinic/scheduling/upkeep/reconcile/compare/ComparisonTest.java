package clinic.scheduling.upkeep.reconcile.compare;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Actual;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Expected;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Tracked;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each discrepancy has a kind and a repair. */
class ComparisonTest {
  private static final EntryKey HERE = new EntryKey("outlook-i", "v1");
  private static final EntryKey ELSEWHERE = new EntryKey("outlook-gone", "v1");
  private static final Expected ASKED = new Expected(HERE, "right", true);
  private static final Actual RIGHT = new Actual(HERE, "e1", 0, "right");
  private static final Actual EDITED = new Actual(HERE, "e1", 0, "edited");
  private static final Actual COPY = new Actual(HERE, "e2", 0, "right");

  @Test
  void whatAgreesIsNoFinding() {
    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(knows("e1"))))
        .isEmpty();
    assertThat(found(Visibility.CLEAR, List.of(), List.of(), List.of(knows("")))).isEmpty();
  }

  @Test
  void whatIsMissingOrDiffersIsHinted() {
    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(), List.of()))
        .containsExactly(finding(Kind.MISSING, Repair.HINT, null));
    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(EDITED), List.of(knows("e1"))))
        .containsExactly(finding(Kind.DIFFERS, Repair.HINT, EDITED));
  }

  @Test
  void whatDoesNotBelongThereGoesByANoticeIfTheLedgerKnowsIt() {
    assertThat(found(Visibility.CLEAR, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .containsExactly(finding(Kind.MISPLACED, Repair.HINT, RIGHT));
    assertThat(found(Visibility.CLEAR, List.of(), List.of(RIGHT), List.of()))
        .containsExactly(finding(Kind.MISPLACED, Repair.REMOVE, RIGHT));
  }

  @Test
  void whatCanvasDoesNotKnowIsAnOrphan() {
    assertThat(found(Visibility.NOT_IN_CANVAS, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .containsExactly(finding(Kind.ORPHANED, Repair.HINT, RIGHT));
    assertThat(found(Visibility.NOT_IN_CANVAS, List.of(), List.of(RIGHT), List.of()))
        .containsExactly(finding(Kind.ORPHANED, Repair.REMOVE, RIGHT));
  }

  @Test
  void whatIsWantedOnOtherDaysIsNotMissingOnThese() {
    Expected later = new Expected(HERE, "later", false);
    List<Tracked> row = List.of(knows("e1"));

    assertThat(found(Visibility.CLEAR, List.of(later), List.of(), row)).isEmpty();
    assertThat(sides(later, List.of(), row))
        .returns(true, SideDigests::equal)
        .returns(0, SideDigests::expected);
  }

  @Test
  void whatIsWantedOnOtherDaysAndStandsHereDiffers() {
    Expected later = new Expected(HERE, "later", false);
    List<Tracked> row = List.of(knows("e1"));

    assertThat(found(Visibility.CLEAR, List.of(later), List.of(RIGHT), row))
        .containsExactly(finding(Kind.DIFFERS, Repair.HINT, RIGHT));
    assertThat(found(Visibility.CLEAR, List.of(later), List.of(COPY), row))
        .as("the tracked entry has moved to the other days")
        .containsExactly(finding(Kind.DUPLICATE, Repair.REMOVE, COPY));
    assertThat(sides(later, List.of(RIGHT), row).equal()).isFalse();
  }

  @Test
  void ofTwoTheOneThatTheLedgerKnowsStays() {
    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(COPY, EDITED), List.of(knows("e1"))))
        .containsExactly(
            finding(Kind.DUPLICATE, Repair.REMOVE, COPY),
            finding(Kind.DIFFERS, Repair.HINT, EDITED));
  }

  @Test
  void ofTwoThatItDoesNotKnowTheRightOneIsAdopted() {
    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(EDITED, COPY), List.of(knows("e9"))))
        .containsExactly(
            finding(Kind.DUPLICATE, Repair.REMOVE, EDITED),
            finding(Kind.UNKNOWN_TO_LEDGER, Repair.ADOPT, COPY));
  }

  @Test
  void aRowThatKnowsTooMuchOrCameToNoEndIsHinted() {
    assertThat(found(Visibility.CLEAR, List.of(), List.of(), List.of(knows("e1"))))
        .containsExactly(finding(Kind.LEFT_BEHIND, Repair.HINT, null));
    assertThat(found(Visibility.CLEAR, List.of(), List.of(COPY), List.of(knows("e1"))))
        .containsExactly(
            finding(Kind.MISPLACED, Repair.REMOVE, COPY),
            finding(Kind.LEFT_BEHIND, Repair.HINT, null));
    Tracked doubt = new Tracked(HERE, "e1", false, false);
    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(doubt)))
        .containsExactly(finding(Kind.UNKNOWN_TO_LEDGER, Repair.HINT, null));
  }

  @Test
  void anEntryInACalendarThatHasLeftThePracticeIsHinted() {
    Tracked old = new Tracked(ELSEWHERE, "e7", false, true);

    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(knows("e1"), old)))
        .containsExactly(
            new Discrepancy(Kind.LEFT_BEHIND, ELSEWHERE, Repair.HINT, Optional.empty()));
  }

  @Test
  void whatAnotherRowOfTheVisitHoldsIsNotAdopted() {
    Tracked old = new Tracked(ELSEWHERE, "e1", false, true);

    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(old)))
        .containsExactly(
            new Discrepancy(Kind.LEFT_BEHIND, ELSEWHERE, Repair.HINT, Optional.empty()),
            finding(Kind.UNKNOWN_TO_LEDGER, Repair.HINT, RIGHT));
  }

  @Test
  void whatIsUnclearOrInMotionIsLeftAlone() {
    Tracked busy = new Tracked(HERE, "e9", true, false);

    assertThat(found(Visibility.UNCLEAR, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .isEmpty();
    assertThat(found(Visibility.NOT_IN_CANVAS, List.of(), List.of(RIGHT), List.of(busy))).isEmpty();
    assertThat(found(Visibility.CLEAR, List.of(ASKED), List.of(), List.of(busy))).isEmpty();
  }

  @Test
  void nothingIsSaidOfACalendarThatCouldNotBeRead() {
    Snapshot blind =
        new Snapshot(
            Set.of(),
            Set.of("outlook-i"),
            Map.of("v1", Visibility.CLEAR),
            List.of(ASKED),
            List.of(),
            List.of(knows("e1")));

    Snapshot blindAndOff =
        new Snapshot(
            Set.of(),
            Set.of("outlook-i"),
            Map.of("v1", Visibility.CLEAR),
            List.of(),
            List.of(),
            List.of(knows("e1")));

    assertThat(Comparison.of(blind)).isEmpty();
    assertThat(Comparison.of(blindAndOff)).isEmpty();
    assertThat(SideDigests.of(blind))
        .isEqualTo(SideDigests.of(blind))
        .returns(0, SideDigests::expected);
  }

  private static Tracked knows(String external) {
    return new Tracked(HERE, external, false, true);
  }

  private static Discrepancy finding(Kind kind, Repair repair, Actual entry) {
    return new Discrepancy(kind, HERE, repair, Optional.ofNullable(entry));
  }

  private static List<Discrepancy> found(
      Visibility visibility, List<Expected> expected, List<Actual> actual, List<Tracked> ledger) {
    return Comparison.of(snapshot(visibility, expected, actual, ledger));
  }

  private static SideDigests sides(Expected expected, List<Actual> actual, List<Tracked> ledger) {
    return SideDigests.of(snapshot(Visibility.CLEAR, List.of(expected), actual, ledger));
  }

  private static Snapshot snapshot(
      Visibility visibility, List<Expected> expected, List<Actual> actual, List<Tracked> ledger) {
    return new Snapshot(
        Set.of("outlook-i"), Set.of(), Map.of("v1", visibility), expected, actual, ledger);
  }
}
