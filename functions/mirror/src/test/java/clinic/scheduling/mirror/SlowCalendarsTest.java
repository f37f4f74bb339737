package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slow calendars use no more time than there is, and keep no invocation busy for ever. */
@QuarkusTest
class SlowCalendarsTest extends MirrorCase {
  private static final int MOST_INVOCATIONS = 30;
  private static final String OMARS = "omar.samplesson@example.invalid";

  @Test
  void noRoundBeginsThatMightNotEndInTime() {
    function = function(Duration.ofSeconds(20), TIMEOUT);
    outlook.put(MAILBOX, meeting("a", hour(3)));
    google.put(MAILBOX, meeting("b", hour(5)));
    twoRequestsWait();

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();

    assertThat(outlook.rounds() + google.rounds()).as("one round an invocation").isEqualTo(1);
    assertThat(changes.sent()).isNotEmpty();
    drain();
    assertThat(times()).containsExactlyInAnyOrder(hour(3), hour(5));
  }

  /** Otherwise each of many clinicians would send one, and each of these is again for all. */
  @Test
  void ofManyWhoShareACalendarOneMessageGoesOnWithTheRest() throws IOException {
    practise(PracticeReader.read(MirrorWorld.document("both", "").replace(OMARS, MAILBOX)));
    function = function(Duration.ofSeconds(20), TIMEOUT);
    outlook.put(MAILBOX, meeting("a", hour(3)));

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
    assertThat(outlook.rounds()).isEqualTo(1);
    assertThat(changes.sent()).hasSize(1);
    // The other clinician comes first by the key.
    assertThat(rows.read(MeetingStore.key(INGRID, "lock"))).as("nobody asked for her").isEmpty();

    drain();
    assertThat(rows.read(MeetingStore.key(INGRID, "lock"))).isPresent();
    assertThat(times()).containsExactly(hour(3));
  }

  /** Otherwise messages would multiply while Canvas is down. */
  @Test
  void aMessageThatFailsAgainAndAgainSendsNoSecondOneForTheRest() throws IOException {
    practise(PracticeReader.read(MirrorWorld.document("both", "").replace(OMARS, MAILBOX)));
    function = function(Duration.ofSeconds(20), TIMEOUT);
    outlook.fail(new CalendarOutcome.Unknown(Duration.ofSeconds(5)));

    assertThat(deliver(change(Provider.OUTLOOK), "one", 1)).hasSize(1);
    assertThat(changes.sent()).hasSize(1);
    clock.move(Duration.ofMinutes(1));
    assertThat(deliver(change(Provider.OUTLOOK), "one", 2)).hasSize(1);

    assertThat(changes.sent()).hasSize(1);
  }

  /** The force must reach those for whom there was no time. */
  @Test
  void aMessageThatForcesGoesOnAsOne() throws IOException {
    practise(PracticeReader.read(MirrorWorld.document("both", "").replace(OMARS, MAILBOX)));
    function = function(Duration.ofSeconds(20), TIMEOUT);

    assertThat(deliver(change(Provider.OUTLOOK).forced())).isEmpty();
    assertThat(rows.read(MeetingStore.key(INGRID, "forced"))).isEmpty();
    drain();

    assertThat(rows.read(MeetingStore.key(INGRID, "forced"))).isPresent();
  }

  @Test
  void theFullRoundAfterADeadCursorIsLeftToTheNextInvocationIfThereIsNoTime() {
    mirrorBoth();
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.answer(new MeetingRound.CursorExpired());
    function = function(Duration.ofSeconds(20), TIMEOUT);
    int before = outlook.fullRounds();

    assertThat(deliver(Provider.OUTLOOK)).as("it comes back").hasSize(1);

    assertThat(outlook.fullRounds()).isEqualTo(before);
  }

  /** The subject of a block is kept nowhere, so the calendar has to be read whole for it. */
  @Test
  void aCalendarIsNotReadWholeForASubjectIfThereIsNoTime() {
    aBlockThatFailedAndIsCalledByItsSubject();
    int before = outlook.rounds();

    assertThat(deliver(Provider.GOOGLE)).as("it comes back").hasSize(1);

    assertThat(outlook.rounds()).isEqualTo(before);
    assertThat(times()).isEmpty();
  }

  @Test
  void aSlowCalendarIsReadOnceAndWholeForASubjectThatIsMissing() {
    aBlockThatFailedAndIsCalledByItsSubject();
    int before = outlook.rounds();

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();

    assertThat(outlook.rounds()).isEqualTo(before + 1);
    assertThat(times()).containsExactly(hour(3));
  }

  @Test
  void anInvocationWithoutProgressIsRepeatedAFewTimesWithADelayAndThenLeftToThePolls() {
    function = function(Duration.ofSeconds(55), TIMEOUT);
    outlook.put(MAILBOX, meeting("a", hour(3)));
    google.put(MAILBOX, meeting("b", hour(5)));

    deliver(Provider.OUTLOOK);
    assertThat(changes.due()).as("not at once").isEmpty();
    int invocations = drain();

    assertThat(invocations).isBetween(2, 8);
    assertThat(log.errors()).contains("meetings-stalled");
    assertThat(times()).isEmpty();

    function = function(Duration.ZERO, TIMEOUT);
    mirrorBoth();
    assertThat(times()).as("a poll goes on").containsExactlyInAnyOrder(hour(3), hour(5));
  }

  @Test
  void aTimeOutThatLeavesNoTimeForARoundIsRefusedAtStart() {
    assertThatThrownBy(() -> function(Duration.ZERO, 59))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TIMEOUT_SECONDS")
        .hasMessageContaining("60");
  }

  /** From now on the calendars are slow, and Canvas works again. */
  private void aBlockThatFailedAndIsCalledByItsSubject() {
    practise("both", ", \"subject\": true");
    outlook.put(MAILBOX, meeting("a", hour(3)));
    sandbox.canvas().faults().add(Fault.status(503, "POST", "/Appointment").untilCleared());
    assertThat(deliver(Provider.OUTLOOK)).hasSize(1);
    sandbox.canvas().faults().clear();
    clock.move(Duration.ofMinutes(1));
    function = function(Duration.ofSeconds(20), TIMEOUT);
  }

  /** As if another worker had the lock while hints of both calendars came, and then died. */
  private void twoRequestsWait() {
    rows.update(
        MeetingStore.key(INGRID, "lock"),
        row ->
            Optional.of(
                row.next(
                    clock.instant().plus(Duration.ofDays(1)),
                    Map.of(
                        "asked",
                        "2",
                        "left",
                        binding(Provider.OUTLOOK) + " " + binding(Provider.GOOGLE)))));
  }

  /** Delivers everything that is queued, when it is due. */
  private int drain() {
    int invocations = 0;
    while (!changes.sent().isEmpty() && invocations < MOST_INVOCATIONS) {
      List<CalendarChange> waiting = List.copyOf(changes.sent());
      changes.clear();
      clock.move(Duration.ofMinutes(15));
      waiting.forEach(this::deliver);
      invocations += waiting.size();
    }
    assertThat(changes.sent()).as("it comes to an end").isEmpty();
    return invocations;
  }

  private MirrorMeetings function(Duration round, int timeoutSeconds) {
    return new SimulatedMirror(
            rows,
            changes,
            postponed,
            "http://127.0.0.1/changes",
            practice,
            system,
            tokens,
            mapper,
            clock,
            timeoutSeconds,
            (int) LEASE.toSeconds())
        .on(
            canvas,
            SimulatedRounds.on(
                rows,
                List.of(new Slow(outlook, round), new Slow(google, round)),
                clock,
                (int) LEASE.toSeconds()));
  }

  /** A calendar whose rounds take this long. */
  private final class Slow implements MeetingSource {
    private final MeetingSource calendar;
    private final Duration round;

    Slow(MeetingSource calendar, Duration round) {
      this.calendar = calendar;
      this.round = round;
    }

    @Override
    public Provider provider() {
      return calendar.provider();
    }

    @Override
    public MeetingRound readAll(String mailbox, Interval window) {
      clock.move(round);
      return calendar.readAll(mailbox, window);
    }

    @Override
    public MeetingRound changesSince(String mailbox, Interval window, String cursor) {
      clock.move(round);
      return calendar.changesSince(mailbox, window, cursor);
    }
  }
}
