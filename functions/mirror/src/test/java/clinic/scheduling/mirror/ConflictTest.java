package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A meeting on a patient's visit is reported once, and blocks its time once the visit has left. */
@QuarkusTest
class ConflictTest extends MirrorCase {
  @BeforeEach
  void noDoubleBooking() {
    sandbox.canvas().toggles().set(Toggle.DOUBLE_BOOKING, false);
  }

  @Test
  void aConflictIsReportedOnceAndEndsWhenTheVisitLeaves() {
    String visit = visit(hour(3));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("b", hour(5)));

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
    later();
    later();

    assertThat(times()).containsExactly(hour(5));
    assertThat(log.text().split("meeting-conflict practitioner", -1)).hasSize(2);
    assertThat(conflicts()).hasSize(1);
    assertThat(canvas.appointment(visit).orElseThrow().resource().status()).isEqualTo("proposed");

    staff().cancel(visit);
    later();

    assertThat(times()).containsExactly(hour(3), hour(5));
    assertThat(conflicts()).isEmpty();
    assertThat(log.text()).contains("meeting-conflict-ended");
  }

  @Test
  void itEndsWhenTheMeetingMovesOrGoes() {
    visit(hour(3));
    visit(hour(4));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("b", hour(4)));
    deliver(Provider.OUTLOOK);
    assertThat(conflicts()).hasSize(2);

    outlook.put(MAILBOX, meeting("a", hour(6)));
    outlook.remove(MAILBOX, "b");
    deliver(Provider.OUTLOOK);

    assertThat(times()).containsExactly(hour(6));
    assertThat(conflicts()).isEmpty();
  }

  @Test
  void aMeetingWithinAnotherIsNoConflict() {
    Interval within =
        new Interval(hour(3).start().plusSeconds(600), hour(3).start().plusSeconds(1800));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("b", within));

    deliver(Provider.OUTLOOK);
    assertThat(times()).containsExactly(hour(3));
    assertThat(log.text()).doesNotContain("meeting-conflict");

    google.put(MAILBOX, meeting("g", hour(9)));
    deliver(Provider.GOOGLE);
    outlook.remove(MAILBOX, "a");
    deliver(Provider.OUTLOOK);
    later();
    assertThat(times()).containsExactlyInAnyOrder(within, hour(9));
  }

  /** Canvas refuses the move. The block must not stay where no meeting is. */
  @Test
  void aMeetingThatMovesIntoAnotherLeavesNoBlockBehind() {
    Interval within =
        new Interval(hour(3).start().plusSeconds(600), hour(3).start().plusSeconds(1800));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("b", hour(5)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(3), hour(5));

    outlook.put(MAILBOX, meeting("b", within));
    deliver(Provider.OUTLOOK);
    assertThat(times()).containsExactly(hour(3));

    outlook.remove(MAILBOX, "a");
    deliver(Provider.OUTLOOK);
    later();
    assertThat(times()).containsExactly(within);
  }

  /** The outcome of a create stays unknown, and the next try finds that a visit has the time. */
  @Test
  void aBlockWhoseCreateWasInDoubtCoversNothingOnceCanvasHasRefusedIt() {
    Interval within =
        new Interval(hour(3).start().plusSeconds(600), hour(3).start().plusSeconds(1800));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    sandbox.canvas().faults().add(Fault.status(503, "POST", "/Appointment"));
    deliver(Provider.OUTLOOK);
    visit(new Interval(hour(3).end().minusSeconds(900), hour(3).end()));

    String second = visit(within);
    later();
    outlook.put(MAILBOX, meeting("b", within));
    deliver(Provider.OUTLOOK);
    assertThat(conflicts()).hasSize(2).allMatch(Conflicts.Conflict::isReported);
    staff().cancel(second);
    later();

    assertThat(times()).containsExactly(within);
  }

  @Test
  void twoMeetingsOnOneVisitDoNotCoverEachOther() {
    visit(hour(3));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("b", hour(3)));

    deliver(Provider.OUTLOOK);

    assertThat(times()).isEmpty();
    assertThat(conflicts()).hasSize(2).allMatch(Conflicts.Conflict::isReported);
  }

  /** As Canvas usually does. */
  @Test
  void whereDoubleBookingIsAllowedTheBlockStandsBesideTheVisitAndIsReportedOnce() {
    sandbox.canvas().toggles().set(Toggle.DOUBLE_BOOKING, true);
    String visit = visit(hour(3));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("b", hour(5)));

    deliver(Provider.OUTLOOK);
    later();
    later();

    assertThat(times()).containsExactly(hour(3), hour(5));
    assertThat(log.text().split("meeting-conflict practitioner", -1)).hasSize(2);
    assertThat(conflicts()).hasSize(1);

    staff().cancel(visit);
    later();

    assertThat(times()).containsExactly(hour(3), hour(5));
    assertThat(conflicts()).isEmpty();
    assertThat(log.text()).contains("meeting-conflict-ended");
  }

  /** The limit on new blocks within an hour counts what may be new, and no repeats. */
  @Test
  void aRefusedBlockCountsAsOneCreationHoweverOftenItIsTried() {
    visit(hour(3));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    clock.set(clock.instant().truncatedTo(ChronoUnit.HOURS));

    deliver(Provider.OUTLOOK);
    later();
    later();

    CreationLimits limits = new CreationLimits(rows, clock);
    int more = 0;
    while (limits.mayCreate(INGRID, binding(Provider.OUTLOOK))) {
      more++;
    }
    assertThat(more).isEqualTo(4_999);
  }

  private void later() {
    clock.move(Duration.ofMinutes(6));
    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
  }

  private List<Conflicts.Conflict> conflicts() {
    return new Conflicts(rows, clock).of(INGRID);
  }

  private String visit(Interval time) {
    return Visits.book(canvas, time);
  }
}
