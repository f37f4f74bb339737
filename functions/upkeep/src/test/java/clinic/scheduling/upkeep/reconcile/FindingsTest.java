package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.upkeep.reconcile.Finding.Kind;
import clinic.scheduling.upkeep.reconcile.Finding.Repair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each way to be out of step has a name and a repair. */
class FindingsTest {
  private static final Place HERE = new Place("outlook-i", "v1");
  private static final Place ELSEWHERE = new Place("outlook-gone", "v1");
  private static final Wanted ASKED = new Wanted(HERE, "right", true);
  private static final Standing RIGHT = new Standing(HERE, "e1", 0, "right");
  private static final Standing EDITED = new Standing(HERE, "e1", 0, "edited");
  private static final Standing COPY = new Standing(HERE, "e2", 0, "right");

  @Test
  void whatAgreesIsNoFinding() {
    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(knows("e1")))).isEmpty();
    assertThat(found(Sight.CLEAR, List.of(), List.of(), List.of(knows("")))).isEmpty();
  }

  @Test
  void whatIsMissingOrDiffersIsHinted() {
    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(), List.of()))
        .containsExactly(finding(Kind.MISSING, Repair.HINT, null));
    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(EDITED), List.of(knows("e1"))))
        .containsExactly(finding(Kind.DIFFERS, Repair.HINT, EDITED));
  }

  @Test
  void whatDoesNotBelongThereGoesByANoticeIfTheLedgerKnowsIt() {
    assertThat(found(Sight.CLEAR, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .containsExactly(finding(Kind.MISPLACED, Repair.HINT, RIGHT));
    assertThat(found(Sight.CLEAR, List.of(), List.of(RIGHT), List.of()))
        .containsExactly(finding(Kind.MISPLACED, Repair.REMOVE, RIGHT));
  }

  @Test
  void whatCanvasDoesNotKnowIsAnOrphan() {
    assertThat(found(Sight.UNKNOWN, List.of(), List.of(RIGHT), List.of(knows("e1"))))
        .containsExactly(finding(Kind.ORPHANED, Repair.HINT, RIGHT));
    assertThat(found(Sight.UNKNOWN, List.of(), List.of(RIGHT), List.of()))
        .containsExactly(finding(Kind.ORPHANED, Repair.REMOVE, RIGHT));
  }

  @Test
  void whatIsWantedOnOtherDaysIsNotMissingOnThese() {
    Wanted later = new Wanted(HERE, "later", false);
    List<Recorded> row = List.of(knows("e1"));

    assertThat(found(Sight.CLEAR, List.of(later), List.of(), row)).isEmpty();
    assertThat(sides(later, List.of(), row)).returns(true, Sides::equal).returns(0, Sides::wanted);
  }

  @Test
  void whatIsWantedOnOtherDaysAndStandsHereDiffers() {
    Wanted later = new Wanted(HERE, "later", false);
    List<Recorded> row = List.of(knows("e1"));

    assertThat(found(Sight.CLEAR, List.of(later), List.of(RIGHT), row))
        .containsExactly(finding(Kind.DIFFERS, Repair.HINT, RIGHT));
    assertThat(found(Sight.CLEAR, List.of(later), List.of(COPY), row))
        .as("the entry that the ledger knows has gone there")
        .containsExactly(finding(Kind.DUPLICATE, Repair.REMOVE, COPY));
    assertThat(sides(later, List.of(RIGHT), row).equal()).isFalse();
  }

  @Test
  void ofTwoTheOneThatTheLedgerKnowsStays() {
    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(COPY, EDITED), List.of(knows("e1"))))
        .containsExactly(
            finding(Kind.DUPLICATE, Repair.REMOVE, COPY),
            finding(Kind.DIFFERS, Repair.HINT, EDITED));
  }

  @Test
  void ofTwoThatItDoesNotKnowTheRightOneIsAdopted() {
    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(EDITED, COPY), List.of(knows("e9"))))
        .containsExactly(
            finding(Kind.DUPLICATE, Repair.REMOVE, EDITED),
            finding(Kind.UNKNOWN_TO_LEDGER, Repair.ADOPT, COPY));
  }

  @Test
  void aRowThatKnowsTooMuchOrCameToNoEndIsHinted() {
    assertThat(found(Sight.CLEAR, List.of(), List.of(), List.of(knows("e1"))))
        .containsExactly(finding(Kind.LEFT_BEHIND, Repair.HINT, null));
    assertThat(found(Sight.CLEAR, List.of(), List.of(COPY), List.of(knows("e1"))))
        .containsExactly(
            finding(Kind.MISPLACED, Repair.REMOVE, COPY),
            finding(Kind.LEFT_BEHIND, Repair.HINT, null));
    Recorded doubt = new Recorded(HERE, "e1", false, false);
    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(doubt)))
        .containsExactly(finding(Kind.UNKNOWN_TO_LEDGER, Repair.HINT, null));
  }

  @Test
  void anEntryInACalendarThatHasLeftThePracticeIsHinted() {
    Recorded old = new Recorded(ELSEWHERE, "e7", false, true);

    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(knows("e1"), old)))
        .containsExactly(new Finding(Kind.LEFT_BEHIND, ELSEWHERE, Repair.HINT, Optional.empty()));
  }

  @Test
  void whatAnotherRowOfTheVisitHoldsIsNotAdopted() {
    Recorded old = new Recorded(ELSEWHERE, "e1", false, true);

    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(RIGHT), List.of(old)))
        .containsExactly(
            new Finding(Kind.LEFT_BEHIND, ELSEWHERE, Repair.HINT, Optional.empty()),
            finding(Kind.UNKNOWN_TO_LEDGER, Repair.HINT, RIGHT));
  }

  @Test
  void whatIsUnclearOrInMotionIsLeftAlone() {
    Recorded busy = new Recorded(HERE, "e9", true, false);

    assertThat(found(Sight.UNCLEAR, List.of(), List.of(RIGHT), List.of(knows("e1")))).isEmpty();
    assertThat(found(Sight.UNKNOWN, List.of(), List.of(RIGHT), List.of(busy))).isEmpty();
    assertThat(found(Sight.CLEAR, List.of(ASKED), List.of(), List.of(busy))).isEmpty();
  }

  @Test
  void nothingIsSaidOfACalendarThatCouldNotBeRead() {
    Picture blind =
        new Picture(
            Set.of(),
            Set.of("outlook-i"),
            Map.of("v1", Sight.CLEAR),
            List.of(ASKED),
            List.of(),
            List.of(knows("e1")));

    Picture blindAndOff =
        new Picture(
            Set.of(),
            Set.of("outlook-i"),
            Map.of("v1", Sight.CLEAR),
            List.of(),
            List.of(),
            List.of(knows("e1")));

    assertThat(Findings.of(blind)).isEmpty();
    assertThat(Findings.of(blindAndOff)).isEmpty();
    assertThat(Sides.of(blind)).isEqualTo(Sides.of(blind)).returns(0, Sides::wanted);
  }

  private static Recorded knows(String external) {
    return new Recorded(HERE, external, false, true);
  }

  private static Finding finding(Kind kind, Repair repair, Standing entry) {
    return new Finding(kind, HERE, repair, Optional.ofNullable(entry));
  }

  private static List<Finding> found(
      Sight sight, List<Wanted> wanted, List<Standing> standing, List<Recorded> ledger) {
    return Findings.of(picture(sight, wanted, standing, ledger));
  }

  private static Sides sides(Wanted wanted, List<Standing> standing, List<Recorded> ledger) {
    return Sides.of(picture(Sight.CLEAR, List.of(wanted), standing, ledger));
  }

  private static Picture picture(
      Sight sight, List<Wanted> wanted, List<Standing> standing, List<Recorded> ledger) {
    return new Picture(
        Set.of("outlook-i"), Set.of(), Map.of("v1", sight), wanted, standing, ledger);
  }
}
