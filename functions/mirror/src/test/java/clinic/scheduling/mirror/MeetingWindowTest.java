package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.meetings.rows.MeetingStore;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The window moves with time, and what is over stays in Canvas. */
@QuarkusTest
class MeetingWindowTest extends MirrorCase {
  private static final int BOOKING_DAYS = 60;

  @Test
  void meetingsBeyondTheWindowWaitUntilItReachesThem() {
    outlook.put(MAILBOX, meeting("far", hour(BOOKING_DAYS + 10)));
    outlook.put(MAILBOX, meeting("near", hour(BOOKING_DAYS + 2)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(BOOKING_DAYS + 2));

    clock.move(Duration.ofDays(7));
    mirrorBoth();

    assertThat(times()).containsExactly(hour(BOOKING_DAYS + 2), hour(BOOKING_DAYS + 10));
    assertThat(outlook.fullRounds()).isEqualTo(2);
  }

  @Test
  void theWindowAlwaysReachesFartherThanPatientsCanBook() {
    for (int day = 0; day < 30; day++) {
      deliver(Provider.OUTLOOK);
      Interval window =
          new MeetingStore(rows, clock)
              .round(INGRID, binding(Provider.OUTLOOK))
              .window()
              .orElseThrow();
      assertThat(window.end()).isAfter(clock.instant().plus(Duration.ofDays(BOOKING_DAYS)));
      clock.move(Duration.ofDays(1));
    }
    assertThat(outlook.fullRounds()).isBetween(4, 7);
  }

  @Test
  void blocksOfThePastStayAndNoGuardMindsThem() {
    IntStream.range(0, 20).forEach(n -> outlook.put(MAILBOX, meeting("m" + n, hour(1 + n % 3))));
    mirrorBoth();
    assertThat(times()).hasSize(20);

    clock.move(Duration.ofDays(8));
    mirrorBoth();

    assertThat(times()).hasSize(20);
    assertThat(log.errors()).isEmpty();
    assertThat(new MeetingStore(rows, clock).blocks(INGRID)).hasSize(20);

    clock.move(Duration.ofDays(40));
    mirrorBoth();
    assertThat(times()).as("Canvas keeps them").hasSize(20);
    assertThat(new MeetingStore(rows, clock).blocks(INGRID)).as("we forget them").isEmpty();
  }

  @Test
  void eachWrittenBlockMakesCachedFreeTimesInvalid() {
    Holds holds = new Holds(rows, clock);
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    String before = holds.taken(INGRID).toString();
    mirrorBoth();
    assertThat(holds.taken(INGRID).toString()).as("nothing was written").isEqualTo(before);

    outlook.remove(MAILBOX, "a");
    mirrorBoth();

    assertThat(holds.taken(INGRID).toString()).isNotEqualTo(before);
  }

  @Test
  void aMeetingThatMovesBeyondTheWindowLosesItsBlock() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    outlook.put(MAILBOX, meeting("a", hour(200)));

    mirrorBoth();

    assertThat(times()).isEmpty();
  }
}
