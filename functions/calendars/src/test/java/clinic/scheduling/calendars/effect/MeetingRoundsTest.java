package clinic.scheduling.calendars.effect;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.CalendarOutcome.Denied;
import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds keep the limits on calls to a mailbox. */
class MeetingRoundsTest {
  private static final MeetingRound READ = new MeetingRound.Read(List.of(), "cursor");

  private final MovableClock clock = MovableClock.at("2027-02-03T17:00:00Z");
  private final Deque<MeetingRound> answers = new ArrayDeque<>();
  private final MeetingRounds rounds =
      SimulatedRounds.on(new MemoryRows(clock), List.of(new Answering()), clock, 40);

  @Test
  void whenTheProviderAsksForAPauseNobodyCallsTheMailboxUntilItIsOver() {
    answers.add(unreadable(new TryLater(Duration.ofSeconds(90))));
    answers.add(READ);
    assertThat(read()).isEqualTo(unreadable(new TryLater(Duration.ofSeconds(90))));

    clock.move(Duration.ofSeconds(30));
    assertThat(read()).isEqualTo(unreadable(new TryLater(Duration.ofSeconds(60))));
    assertThat(answers).hasSize(1);

    clock.move(Duration.ofSeconds(60));
    assertThat(read()).isEqualTo(READ);
  }

  @Test
  void eachRoundGivesItsPermitBack() {
    for (int i = 0; i < 10; i++) {
      answers.add(READ);
      assertThat(read()).isEqualTo(READ);
    }
  }

  @Test
  void aDenialThatLastsForHoursIsAFaultUntilARoundSucceeds() {
    assertThat(deniedTooLong()).isFalse();
    clock.move(Duration.ofHours(3));
    assertThat(deniedTooLong()).isTrue();

    answers.add(READ);
    read();

    assertThat(deniedTooLong()).isFalse();
  }

  private boolean deniedTooLong() {
    answers.add(unreadable(new Denied("ErrorAccessDenied")));
    return rounds.readAll(SampleVisits.OUTLOOK, SampleVisits.HALF_PAST).deniedTooLong();
  }

  private MeetingRound read() {
    return rounds.changesSince(SampleVisits.OUTLOOK, SampleVisits.HALF_PAST, "cursor").round();
  }

  private static MeetingRound unreadable(CalendarOutcome.Failure why) {
    return new MeetingRound.Unreadable(why);
  }

  /** Gives the prepared answers, one for each call. */
  private final class Answering implements MeetingSource {
    @Override
    public Provider provider() {
      return Provider.OUTLOOK;
    }

    @Override
    public MeetingRound readAll(String mailbox, Interval window) {
      return answers.remove();
    }

    @Override
    public MeetingRound changesSince(String mailbox, Interval window, String cursor) {
      return answers.remove();
    }
  }
}
