package clinic.scheduling.upkeep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarNotices.NoticeState;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PollsTest extends WatchCase {
  private static final Duration BETWEEN_RUNS = Duration.ofMinutes(5);

  @Test
  void aCalendarThatWasNeverReadIsQueued() {
    poll();

    assertThat(queued()).hasSize(4).contains(outlook.key(), google.key());
  }

  @Test
  void aCalendarIsQueuedAgainOnlyWhenItsPollIntervalIsOver() {
    allCalendars().forEach(this::read);
    poll();
    clock.move(BETWEEN_RUNS);
    poll();
    assertThat(queued()).isEmpty();

    clock.move(BETWEEN_RUNS);
    poll();

    assertThat(queued()).hasSize(4);
  }

  @Test
  void aPollThatRunsASecondBeforeTheIntervalIsOverCounts() {
    allCalendars().forEach(this::read);
    clock.move(Duration.ofMinutes(10).minusSeconds(1));

    poll();

    assertThat(queued()).hasSize(4);
  }

  @Test
  void aCalendarThatIsNotMirroredAnyMoreIsQueuedUntilItIsForgotten() {
    allCalendars().forEach(this::read);

    poll(practice(false));
    assertThat(queued()).hasSize(4);
    allCalendars().forEach(this::forget);
    queue.clear();
    poll(practice(false));

    assertThat(queued()).isEmpty();
  }

  @Test
  void aCalendarWithNeitherNoticeNorRoundForThreeIntervalsAndTenMinutesIsLate() {
    allCalendars().forEach(this::read);
    clock.move(Duration.ofMinutes(40));
    assertThat(late(poll())).isZero();
    clock.move(Duration.ofMinutes(1));

    assertThat(late(poll())).isEqualTo(4);
    assertThat(log.text()).contains("meetings-late binding=" + outlook.key());
  }

  @Test
  void aCalendarOfWhichANoticeCameIsNotLate() {
    allCalendars().forEach(this::read);
    clock.move(Duration.ofMinutes(41));
    CalendarNotices notices = new CalendarNotices(table, clock);
    NoticeState state = notices.read(outlook.key());
    assertThat(notices.takeTurn(state, clock.instant(), Duration.ofSeconds(1))).isPresent();

    assertThat(late(poll())).isEqualTo(3);
  }

  @Test
  void aCalendarThatIsNewInTheDocumentIsNotLateYet() {
    assertThat(late(poll())).isZero();
    clock.move(Duration.ofMinutes(40));
    assertThat(late(poll())).isZero();
    clock.move(Duration.ofMinutes(1));

    assertThat(late(poll())).isEqualTo(4);
  }

  @Test
  void aCalendarThatComesBackIsNotLateAtOnce() {
    poll();
    allCalendars().forEach(this::read);
    poll();
    clock.move(BETWEEN_RUNS);
    poll(practice(false));
    allCalendars().forEach(this::forget);
    clock.move(Duration.ofDays(1));

    assertThat(late(poll())).isZero();
  }

  @Test
  void aCalendarThatWasNeverReadAndComesBackIsNotLateAtOnce() {
    poll();
    clock.move(BETWEEN_RUNS);
    poll(practice(false));
    clock.move(Duration.ofDays(1));

    assertThat(late(poll())).isZero();
  }

  @Test
  void aMailboxOfTwoCliniciansIsPolledAsOne() {
    poll(sharedMailboxes());
    assertThat(queued()).containsExactlyInAnyOrder(outlook.key(), google.key());
    read(outlook);
    read(google);
    queue.clear();
    poll(sharedMailboxes());
    assertThat(queued()).isEmpty();

    clock.move(Duration.ofMinutes(10));
    poll(sharedMailboxes());

    assertThat(queued()).containsExactlyInAnyOrder(outlook.key(), google.key());
  }

  private static int late(JsonNode answer) {
    return answer.path("late").asInt();
  }

  private void read(CalendarBinding calendar) {
    mirrored().read(calendar.key(), who(calendar));
  }

  private void forget(CalendarBinding calendar) {
    mirrored().forget(calendar.key(), who(calendar));
  }

  private MirroredCalendars mirrored() {
    return new MirroredCalendars(table, clock);
  }

  private String who(CalendarBinding calendar) {
    return practice.practitioners().stream()
        .filter(clinician -> clinician.calendars().contains(calendar))
        .map(Practitioner::canvasId)
        .findFirst()
        .orElseThrow();
  }
}
