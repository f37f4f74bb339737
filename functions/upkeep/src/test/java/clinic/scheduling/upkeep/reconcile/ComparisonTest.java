package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.upkeep.reconcile.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.Discrepancy.Repair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each way to be out of step has a name and a repair. */
class ComparisonTest {
  private static final EntryKey HERE = new EntryKey("outlook-i", "v1");
  private static final EntryKey ELSEWHERE = new EntryKey("outlook-gone", "v1");
  private static final ExpectedEntry ASKED = new ExpectedEntry(HERE, "right", true);
  private static final ActualEntry RIGHT = new ActualEntry(HERE, "e1", 0, "right");
  private static final ActualEntry EDITED = new ActualEntry(HERE, "e1", 0, "edited");
  private static final ActualEntry COPY = new ActualEntry(HERE, "e2", 0, "right");

  @Test
  void whatAgreesIsNoFinding() {
    assertThat(found(CanvasVisibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(knows("e1"))))
        .isEmpty();
    assertThat(found(CanvasVisibility.CLEAR, List.of(), List.of(), List.of(knows("")))).isEmpty();
  }

  @Test
  void whatIsMissingOrDiffersIsHinted() {
    assertThat(found(CanvasVisibility.CLEAR, List.of(ASKED), List.of(), List.of()))
        .containsExactly(finding(Kind.MISSING, Repair.HINT, null));
    assertThat(found(CanvasVisibility.CLEAR, List.of(ASKED), List.of(EDITED), List.of(knows("e1"))))
        .containsExactly(finding(Kind.DIFFERS, Repair.HINT, EDITED));
  }

  @Test
  void whatDoesNotBelongThereGoesByANoticeIfTheLedgerKnowsIt() {
    assertThat(found(CanvasVisibility.CLEAR, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .containsExactly(finding(Kind.MISPLACED, Repair.HINT, RIGHT));
    assertThat(found(CanvasVisibility.CLEAR, List.of(), List.of(RIGHT), List.of()))
        .containsExactly(finding(Kind.MISPLACED, Repair.REMOVE, RIGHT));
  }

  @Test
  void whatCanvasDoesNotKnowIsAnOrphan() {
    assertThat(found(CanvasVisibility.UNKNOWN, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .containsExactly(finding(Kind.ORPHANED, Repair.HINT, RIGHT));
    assertThat(found(CanvasVisibility.UNKNOWN, List.of(), List.of(RIGHT), List.of()))
        .containsExactly(finding(Kind.ORPHANED, Repair.REMOVE, RIGHT));
  }

  @Test
  void whatIsWantedOnOtherDaysIsNotMissingOnThese() {
    ExpectedEntry later = new ExpectedEntry(HERE, "later", false);
    List<TrackedEntry> row = List.of(knows("e1"));

    assertThat(found(CanvasVisibility.CLEAR, List.of(later), List.of(), row)).isEmpty();
    assertThat(sides(later, List.of(), row))
        .returns(true, SideDigests::equal)
        .returns(0, SideDigests::wanted);
  }

  @Test
  void whatIsWantedOnOtherDaysAndStandsHereDiffers() {
    ExpectedEntry later = new ExpectedEntry(HERE, "later", false);
    List<TrackedEntry> row = List.of(knows("e1"));

    assertThat(found(CanvasVisibility.CLEAR, List.of(later), List.of(RIGHT), row))
        .containsExactly(finding(Kind.DIFFERS, Repair.HINT, RIGHT));
    assertThat(found(CanvasVisibility.CLEAR, List.of(later), List.of(COPY), row))
        .as("the entry that the ledger knows has gone there")
        .containsExactly(finding(Kind.DUPLICATE, Repair.REMOVE, COPY));
    assertThat(sides(later, List.of(RIGHT), row).equal()).isFalse();
  }

  @Test
  void ofTwoTheOneThatTheLedgerKnowsStays() {
    assertThat(
            found(
                CanvasVisibility.CLEAR,
                List.of(ASKED),
                List.of(COPY, EDITED),
                List.of(knows("e1"))))
        .containsExactly(
            finding(Kind.DUPLICATE, Repair.REMOVE, COPY),
            finding(Kind.DIFFERS, Repair.HINT, EDITED));
  }

  @Test
  void ofTwoThatItDoesNotKnowTheRightOneIsAdopted() {
    assertThat(
            found(
                CanvasVisibility.CLEAR,
                List.of(ASKED),
                List.of(EDITED, COPY),
                List.of(knows("e9"))))
        .containsExactly(
            finding(Kind.DUPLICATE, Repair.REMOVE, EDITED),
            finding(Kind.UNKNOWN_TO_LEDGER, Repair.ADOPT, COPY));
  }

  @Test
  void aRowThatKnowsTooMuchOrCameToNoEndIsHinted() {
    assertThat(found(CanvasVisibility.CLEAR, List.of(), List.of(), List.of(knows("e1"))))
        .containsExactly(finding(Kind.LEFT_BEHIND, Repair.HINT, null));
    assertThat(found(CanvasVisibility.CLEAR, List.of(), List.of(COPY), List.of(knows("e1"))))
        .containsExactly(
            finding(Kind.MISPLACED, Repair.REMOVE, COPY),
            finding(Kind.LEFT_BEHIND, Repair.HINT, null));
    TrackedEntry doubt = new TrackedEntry(HERE, "e1", false, false);
    assertThat(found(CanvasVisibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(doubt)))
        .containsExactly(finding(Kind.UNKNOWN_TO_LEDGER, Repair.HINT, null));
  }

  @Test
  void anEntryInACalendarThatHasLeftThePracticeIsHinted() {
    TrackedEntry old = new TrackedEntry(ELSEWHERE, "e7", false, true);

    assertThat(
            found(
                CanvasVisibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(knows("e1"), old)))
        .containsExactly(
            new Discrepancy(Kind.LEFT_BEHIND, ELSEWHERE, Repair.HINT, Optional.empty()));
  }

  @Test
  void whatAnotherRowOfTheVisitHoldsIsNotAdopted() {
    TrackedEntry old = new TrackedEntry(ELSEWHERE, "e1", false, true);

    assertThat(found(CanvasVisibility.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(old)))
        .containsExactly(
            new Discrepancy(Kind.LEFT_BEHIND, ELSEWHERE, Repair.HINT, Optional.empty()),
            finding(Kind.UNKNOWN_TO_LEDGER, Repair.HINT, RIGHT));
  }

  @Test
  void whatIsUnclearOrInMotionIsLeftAlone() {
    TrackedEntry busy = new TrackedEntry(HERE, "e9", true, false);

    assertThat(found(CanvasVisibility.UNCLEAR, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .isEmpty();
    assertThat(found(CanvasVisibility.UNKNOWN, List.of(), List.of(RIGHT), List.of(busy))).isEmpty();
    assertThat(found(CanvasVisibility.CLEAR, List.of(ASKED), List.of(), List.of(busy))).isEmpty();
  }

  @Test
  void nothingIsSaidOfACalendarThatCouldNotBeRead() {
    Snapshot blind =
        new Snapshot(
            Set.of(),
            Set.of("outlook-i"),
            Map.of("v1", CanvasVisibility.CLEAR),
            List.of(ASKED),
            List.of(),
            List.of(knows("e1")));

    Snapshot blindAndOff =
        new Snapshot(
            Set.of(),
            Set.of("outlook-i"),
            Map.of("v1", CanvasVisibility.CLEAR),
            List.of(),
            List.of(),
            List.of(knows("e1")));

    assertThat(Comparison.of(blind)).isEmpty();
    assertThat(Comparison.of(blindAndOff)).isEmpty();
    assertThat(SideDigests.of(blind))
        .isEqualTo(SideDigests.of(blind))
        .returns(0, SideDigests::wanted);
  }

  private static TrackedEntry knows(String external) {
    return new TrackedEntry(HERE, external, false, true);
  }

  private static Discrepancy finding(Kind kind, Repair repair, ActualEntry entry) {
    return new Discrepancy(kind, HERE, repair, Optional.ofNullable(entry));
  }

  private static List<Discrepancy> found(
      CanvasVisibility sight,
      List<ExpectedEntry> wanted,
      List<ActualEntry> standing,
      List<TrackedEntry> ledger) {
    return Comparison.of(picture(sight, wanted, standing, ledger));
  }

  private static SideDigests sides(
      ExpectedEntry wanted, List<ActualEntry> standing, List<TrackedEntry> ledger) {
    return SideDigests.of(picture(CanvasVisibility.CLEAR, List.of(wanted), standing, ledger));
  }

  private static Snapshot picture(
      CanvasVisibility sight,
      List<ExpectedEntry> wanted,
      List<ActualEntry> standing,
      List<TrackedEntry> ledger) {
    return new Snapshot(
        Set.of("outlook-i"), Set.of(), Map.of("v1", sight), wanted, standing, ledger);
  }
}
