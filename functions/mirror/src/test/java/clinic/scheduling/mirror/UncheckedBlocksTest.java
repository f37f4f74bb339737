package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.Conflicts.Conflict;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A visit that could not be seen when its block was made is reported later, once. */
@QuarkusTest
class UncheckedBlocksTest extends MirrorCase {

  @Test
  void aVisitThatCouldNotBeReadIsReportedOnceWhenItCan() {
    Visits.book(canvas, hour(3));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    visitsAreUnreadable();

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
    assertThat(reports()).as("nobody knows").isZero();
    assertThat(conflicts()).extracting(Conflict::why).containsExactly(Conflict.UNCHECKED);
    assertThat(conflicts()).noneMatch(Conflict::isReported);

    sandbox.canvas().faults().clear();
    assertThat(times()).containsExactly(hour(3));
    poll();
    poll();

    assertThat(reports()).isEqualTo(1);
    assertThat(conflicts()).extracting(Conflict::why).containsExactly(Conflict.BESIDE_VISIT);
  }

  @Test
  void withoutAVisitNothingIsReportedAndNothingIsKept() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    visitsAreUnreadable();
    deliver(Provider.OUTLOOK);

    sandbox.canvas().faults().clear();
    poll();

    assertThat(conflicts()).isEmpty();
    assertThat(log.text()).doesNotContain("meeting-conflict");
  }

  /** The block and the visit are made at the same moment, and neither sees the other. */
  @Test
  void aVisitThatIsBeingBookedIsReportedOnceWhenCanvasShowsIt() {
    new Holds(rows, clock).hold(INGRID, "bk-new", hour(3), Duration.ofMinutes(10));
    outlook.put(MAILBOX, meeting("a", hour(3)));

    deliver(Provider.OUTLOOK);
    assertThat(conflicts()).extracting(Conflict::why).containsExactly(Conflict.UNCHECKED);

    Visits.book(canvas, hour(3));
    poll();
    poll();

    assertThat(reports()).isEqualTo(1);
  }

  @Test
  void aFormThatAPatientFillsInIsNoVisit() {
    Instant later = clock.instant().plus(Duration.ofMinutes(10));
    new Holds(rows, clock)
        .holdForForm(INGRID, Hold.ofForm("form-new", hour(3), later, later), others -> {});
    outlook.put(MAILBOX, meeting("a", hour(3)));

    deliver(Provider.OUTLOOK);

    assertThat(times()).containsExactly(hour(3));
    assertThat(conflicts()).isEmpty();
  }

  @Test
  void aConflictDoesNotEndBecauseTheVisitsCannotBeRead() {
    Visits.book(canvas, hour(3));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    deliver(Provider.OUTLOOK);

    visitsAreUnreadable();
    poll();
    sandbox.canvas().faults().clear();
    poll();

    assertThat(reports()).isEqualTo(1);
    assertThat(log.text()).doesNotContain("meeting-conflict-ended");
  }

  /** The block is in Canvas before anybody looks, so a visit cannot slip in between. */
  @Test
  void aWorkerThatDiesAfterMakingTheBlockLeavesTheQuestionBehind() {
    int writes = 0;
    boolean isOver = false;
    while (!isOver && writes < 40) {
      log.close();
      anEmptyWorld();
      Visits.book(canvas, hour(3));
      outlook.put(MAILBOX, meeting("a", hour(3)));
      rows.loseAfter(writes);
      isOver = deliver(Provider.OUTLOOK).isEmpty();
      rows.recover();
      for (int n = 0; n < 4; n++) {
        poll();
      }
      assertThat(reports()).as("after %d writes", writes).isBetween(1, 2);
      assertThat(conflicts()).as("after %d writes", writes).hasSize(1);
      writes++;
    }
    assertThat(writes).isBetween(8, 39);
  }

  private void poll() {
    clock.move(Duration.ofMinutes(6));
    deliver(Provider.OUTLOOK);
  }

  private int reports() {
    return log.text().split("meeting-conflict practitioner", -1).length - 1;
  }

  private List<Conflict> conflicts() {
    return new Conflicts(rows, clock).of(INGRID);
  }
}
