package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.Conflicts.Conflict;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * While Canvas refuses the whole block of a meeting because a visit takes a part of its time, no
 * other part of it can be booked, and the visit is as free to move as before.
 */
@QuarkusTest
class ReservedMeetingTimeTest extends MirrorCase {
  private static final Duration BOOKING = Duration.ofMinutes(2);
  private Holds holds;

  @BeforeEach
  void noDoubleBooking() {
    sandbox.canvas().toggles().set(Toggle.DOUBLE_BOOKING, false);
    holds = new Holds(rows, clock);
  }

  @Test
  void theRestOfTheMeetingsTimeCannotBeBooked() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    String stamp = holds.taken(INGRID).stamp();

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();

    assertThat(times()).as("Canvas refuses the block").isEmpty();
    assertThat(reserved()).containsExactly(part(0, 20), part(40, 60));
    assertThat(isBookable(part(0, 20))).isFalse();
    assertThat(isBookable(part(40, 70))).isFalse();
    assertThat(isBookable(part(60, 80))).isTrue();
    assertThat(holds.taken(INGRID).stamp()).as("lookups read again").isNotEqualTo(stamp);
  }

  @Test
  void theVisitCanMoveAwayAndComeBack() {
    String visit = Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    deliver(Provider.OUTLOOK);

    assertThat(holds.hold(INGRID, "bk-of-the-visit", part(90, 110), BOOKING)).isTrue();
    assertThat(holds.hold(INGRID, "bk-of-the-visit", part(20, 40), BOOKING)).isTrue();

    staff().cancel(visit);
    later();
    assertThat(times()).containsExactly(hour(3));
    assertThat(reserved()).as("the block takes the time now").isEmpty();
  }

  @Test
  void aBookingAtWorkKeepsItsTime() {
    Visits.book(canvas, part(20, 40));
    holds.hold(INGRID, "bk-at-work", part(40, 50), BOOKING);
    outlook.put(MAILBOX, meeting("a", hour(3)));

    deliver(Provider.OUTLOOK);
    assertThat(reserved()).containsExactly(part(0, 20), part(50, 60));
    assertThat(holds.taken(INGRID).holds()).extracting(Hold::owner).contains("bk-at-work");

    later();
    assertThat(TimeSet.of(reserved()).parts()).containsExactly(part(0, 20), part(40, 60));
  }

  @Test
  void theReservationFollowsTheMeeting() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    deliver(Provider.OUTLOOK);

    outlook.put(MAILBOX, meeting("a", part(10, 45)));
    deliver(Provider.OUTLOOK);
    assertThat(reserved()).as("shorter").containsExactly(part(10, 20), part(40, 45));

    outlook.put(MAILBOX, meeting("a", part(30, 70)));
    deliver(Provider.OUTLOOK);
    assertThat(TimeSet.of(reserved()).parts()).as("moved").containsExactly(part(40, 70));

    outlook.remove(MAILBOX, "a");
    deliver(Provider.OUTLOOK);
    assertThat(reserved()).as("gone").isEmpty();
  }

  @Test
  void aCalendarThatNoLongerBlocksReservesNothing() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    assertThat(reserved()).hasSize(2);

    practise("from-canvas", "");
    mirrorBoth();

    assertThat(reserved()).isEmpty();
  }

  /** The document may be wrong, so what the guard keeps keeps its time, too. */
  @Test
  void aCalendarThatAGuardKeepsKeepsItsReservedTime() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    for (int day = 4; day < 16; day++) {
      outlook.put(MAILBOX, meeting("m" + day, hour(day)));
    }
    mirrorBoth();
    assertThat(reserved()).hasSize(2);

    practise("from-canvas", "");
    mirrorBoth();
    clock.move(Duration.ofMinutes(6));
    mirrorBoth();

    assertThat(log.errors()).contains("meetings-stopped");
    assertThat(reserved()).hasSize(2);
  }

  @Test
  void itLastsThroughALongPauseAndIsRenewed() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    deliver(Provider.OUTLOOK);

    clock.move(Duration.ofHours(8));
    assertThat(isBookable(part(0, 20))).isFalse();
    deliver(Provider.OUTLOOK);
    clock.move(Duration.ofHours(8));

    assertThat(isBookable(part(0, 20))).isFalse();
    clock.move(Duration.ofHours(5));
    assertThat(reserved()).as("it ends if nobody renews it").isEmpty();
  }

  @Test
  void whatIsReservedStaysWhileCanvasDoesNotShowTheVisits() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    visitsAreUnreadable();
    assertThat(deliver(Provider.OUTLOOK)).as("it is tried again soon").hasSize(1);
    assertThat(reserved()).as("time of a visit is never reserved").isEmpty();

    List<Instant> tried = conflicts().stream().map(Conflict::triedAt).toList();

    sandbox.canvas().faults().clear();
    clock.move(Duration.ofSeconds(31));
    deliver(Provider.OUTLOOK);
    assertThat(conflicts()).as("not written again").extracting(Conflict::triedAt).isEqualTo(tried);
    assertThat(conflicts()).allMatch(Conflict::isReserved);
    assertThat(reserved()).containsExactly(part(0, 20), part(40, 60));

    visitsAreUnreadable();
    clock.move(Duration.ofMinutes(6));
    deliver(Provider.OUTLOOK);
    assertThat(reserved()).containsExactly(part(0, 20), part(40, 60));
  }

  @Test
  void aMeetingOverMidnightUtcIsReservedOnBothDays() {
    Interval night = Interval.of(day(3), Duration.ofHours(7)); // noon in the clinic is 20:00 UTC
    Interval visit = part(20, 40);
    Visits.book(canvas, visit);
    outlook.put(MAILBOX, meeting("a", night));

    deliver(Provider.OUTLOOK);

    assertThat(TimeSet.of(reserved()).parts())
        .containsExactly(part(0, 20), new Interval(visit.end(), night.end()));
  }

  @Test
  void twoRefusedMeetingsThatOverlapReserveAllTheirTime() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", part(0, 60)));
    outlook.put(MAILBOX, meeting("b", part(30, 90)));
    deliver(Provider.OUTLOOK);
    assertThat(TimeSet.of(reserved()).parts()).containsExactly(part(0, 20), part(40, 90));

    outlook.remove(MAILBOX, "a");
    deliver(Provider.OUTLOOK);

    assertThat(TimeSet.of(reserved()).parts()).containsExactly(part(40, 90));
  }

  @Test
  void whatThereIsNoTimeToReserveIsLeftAndSaidSo() {
    ReservedTimes times = new ReservedTimes(holds, clock);
    TimeSet wanted = TimeSet.of(List.of(part(0, 20), part(40, 60)));

    int left = bring(times, wanted, Duration.ofMillis(900));
    assertThat(left).isEqualTo(2);
    assertThat(reserved()).isEmpty();

    assertThat(bring(times, wanted, Duration.ofSeconds(1))).isZero();
    assertThat(reserved()).containsExactlyElementsOf(wanted.parts());
  }

  @Test
  void allPartsOfAPieceThatIsSplitStayReserved() {
    ReservedTimes times = new ReservedTimes(holds, clock);
    TimeSet none = TimeSet.of(List.of());
    TimeSet parts = TimeSet.of(List.of(part(0, 20), part(30, 40), part(50, 60)));
    bring(times, TimeSet.of(List.of(part(0, 60))), Duration.ofMinutes(1));

    times.bring(INGRID, times.held(INGRID), none, parts, Deadline.in(Duration.ofMinutes(1), clock));

    assertThat(reserved()).containsExactlyElementsOf(parts.parts());
  }

  @Test
  void whileAGuardStopsTheCalendarTheTimeStaysReservedAndTheConflictOpen() {
    Visits.book(canvas, part(20, 40));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    deliver(Provider.OUTLOOK);

    outlook.answer(new MeetingRound.TooMany(4000));
    later();
    later();

    assertThat(log.errors()).contains("guard=too-many");
    assertThat(reserved()).containsExactly(part(0, 20), part(40, 60));
    assertThat(conflicts()).extracting(Conflict::why).containsExactly(Conflict.VISIT);
  }

  private List<Conflict> conflicts() {
    return new Conflicts(rows, clock).of(INGRID);
  }

  private int bring(ReservedTimes times, TimeSet wanted, Duration left) {
    return times.bring(
        INGRID, times.held(INGRID), wanted, TimeSet.of(List.of()), Deadline.in(left, clock));
  }

  /** Whatever a worker has written when it dies, the next ones bring it in line. */
  @Test
  void aWorkerMayDieAtAnyWrite() {
    int writes = 0;
    boolean isOver = false;
    while (!isOver && writes < 40) {
      log.close();
      anEmptyWorld();
      noDoubleBooking();
      deliver(Provider.GOOGLE);
      String visit = Visits.book(canvas, part(20, 40));
      outlook.put(MAILBOX, meeting("a", hour(3)));
      outlook.put(MAILBOX, meeting("b", part(50, 90)));
      rows.loseAfter(writes);
      isOver = deliver(Provider.OUTLOOK).isEmpty();
      rows.recover();
      settle();
      assertThat(TimeSet.of(both()).parts())
          .as("after %d writes", writes)
          .containsExactly(part(0, 20), part(40, 90));

      staff().cancel(visit);
      outlook.remove(MAILBOX, "b");
      rows.loseAfter(writes);
      deliver(Provider.OUTLOOK);
      rows.recover();
      settle();
      assertThat(reserved()).as("after %d writes", writes).isEmpty();
      assertThat(times()).as("after %d writes", writes).containsExactly(hour(3));
      writes++;
    }
    assertThat(writes).isBetween(8, 39);
  }

  private void settle() {
    for (int n = 0; n < 4; n++) {
      clock.move(Duration.ofMinutes(7));
      deliver(Provider.OUTLOOK);
    }
  }

  /** What blocks and reservations take. */
  private List<Interval> both() {
    List<Interval> all = new ArrayList<>(reserved());
    all.addAll(times());
    return all;
  }

  private void later() {
    clock.move(Duration.ofMinutes(6));
    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
  }

  /** Minutes of the hour of the meeting. */
  private static Interval part(int from, int to) {
    return new Interval(day(3).plusSeconds(60L * from), day(3).plusSeconds(60L * to));
  }

  private List<Interval> reserved() {
    return holds.taken(INGRID).holds().stream()
        .filter(one -> one.owner().startsWith("meeting-"))
        .map(Hold::time)
        .sorted(Comparator.comparing(Interval::start))
        .toList();
  }

  /** Whether a booking would get the time. It gives it back. */
  private boolean isBookable(Interval time) {
    boolean isHeld = holds.hold(INGRID, "bk-somebody", time, BOOKING);
    if (isHeld) {
      holds.release(INGRID, "bk-somebody", time);
    }
    return isHeld;
  }
}
