package clinic.scheduling.upkeep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarNotices.NoticeState;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
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
  void aCalendarWithNeitherNoticeNorRoundForItsIntervalAndTenMinutesIsLate() {
    allCalendars().forEach(this::read);
    clock.move(Duration.ofMinutes(20));
    assertThat(late(poll())).isZero();
    clock.move(Duration.ofMinutes(1));

    assertThat(late(poll())).isEqualTo(4);
    assertThat(log.text()).contains("meetings-late binding=" + outlook.key());
  }

  @Test
  void aCalendarOfWhichANoticeCameIsNotLate() {
    allCalendars().forEach(this::read);
    clock.move(Duration.ofMinutes(21));
    CalendarNotices notices = new CalendarNotices(table, clock);
    NoticeState state = notices.read(outlook.key());
    assertThat(notices.takeTurn(state, clock.instant(), Duration.ofSeconds(1))).isPresent();

    assertThat(late(poll())).isEqualTo(3);
  }

  @Test
  void noticesDoNotHideThatRoundsFailForMoreThanAnHour() {
    allCalendars().forEach(this::read);
    clock.move(Duration.ofMinutes(81));
    CalendarNotices notices = new CalendarNotices(table, clock);
    NoticeState state = notices.read(outlook.key());
    assertThat(notices.takeTurn(state, clock.instant(), Duration.ofSeconds(1))).isPresent();

    assertThat(late(poll())).isEqualTo(4);
  }

  /** A run that does not take place is no fault of a calendar. */
  @Test
  void aCalendarIsNotLateBecauseOneRunWasLeftOut() {
    allCalendars().forEach(this::read);
    clock.move(Duration.ofMinutes(7));
    poll();
    assertThat(queued()).isEmpty();

    clock.move(BETWEEN_RUNS.multipliedBy(2));

    assertThat(late(poll())).isZero();
    assertThat(queued()).hasSize(4);
  }

  @Test
  void aClinicianWhoseRoundsFailIsNotHiddenByAnotherWhoHasTheSameCalendar() {
    Practice shared = sharedMailboxes();
    List<String> clinicians =
        shared.practitioners().stream()
            .filter(
                who -> who.calendars().stream().anyMatch(one -> one.key().equals(outlook.key())))
            .map(Practitioner::canvasId)
            .toList();
    assertThat(clinicians).hasSizeGreaterThan(1);
    clinicians.forEach(who -> mirrored().read(outlook.key(), who));
    clinicians.forEach(who -> mirrored().read(google.key(), who));
    clock.move(Duration.ofMinutes(21));
    clinicians.subList(1, clinicians.size()).forEach(who -> mirrored().read(outlook.key(), who));
    clinicians.forEach(who -> mirrored().read(google.key(), who));

    assertThat(late(poll(shared))).isEqualTo(1);
    assertThat(log.text())
        .contains("meetings-late binding=" + outlook.key() + " practitioner=" + clinicians.get(0));
  }

  @Test
  void aClinicianWhoIsNewToASharedCalendarIsNotLateYet() {
    Practice shared = sharedMailboxes();
    mirrored().read(outlook.key(), who(outlook));
    mirrored().read(google.key(), who(google));

    assertThat(late(poll(shared))).isZero();
    assertThat(queued()).as("until it was read for all").contains(outlook.key());
  }

  @Test
  void aCalendarThatIsNewInTheDocumentIsNotLateYet() {
    assertThat(late(poll())).isZero();
    clock.move(Duration.ofMinutes(20));
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
    sharedMailboxes()
        .practitioners()
        .forEach(who -> who.calendars().forEach(one -> mirrored().read(one.key(), who.canvasId())));
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
