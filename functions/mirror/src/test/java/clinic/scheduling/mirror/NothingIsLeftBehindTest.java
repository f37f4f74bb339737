package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one invocation cannot do is done later, and what it cannot know is reported later. */
@QuarkusTest
class NothingIsLeftBehindTest extends MirrorCase {
  private static final String OMAR = "3f8a9b7c6d5e4f10a293847561bbccdd";
  private static final int MOST_INVOCATIONS = 60;

  @Test
  void theTroubleOfOneClinicianDoesNotHoldUpAnotherWithTheSameCalendar() throws IOException {
    practise(
        PracticeReader.read(
            MirrorWorld.document("both", "")
                .replace("omar.samplesson@example.invalid", "ingrid.testwell@example.invalid")));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    // The clinicians come in the order of their keys, so this answer is Omar's.
    sandbox.canvas().faults().add(failing("POST", ""));

    assertThat(deliver(Provider.OUTLOOK)).hasSize(1);

    assertThat(timesOf(OMAR)).isEmpty();
    assertThat(timesOf(INGRID)).containsExactly(hour(3));
  }

  @Test
  void aStandingConflictDoesNotSwitchOffTheGuardOfChangedRules() {
    Visits.book(canvas, hour(20));
    outlook.put(MAILBOX, meeting("on-a-visit", hour(20)));
    someMeetings(12);
    mirrorBoth();

    practise("both", ", \"minimumMinutes\": 90");
    mirrorBoth();

    assertThat(times()).as("a person has to decide").hasSizeGreaterThanOrEqualTo(12);
    assertThat(log.errors()).contains("meeting-rules-held");
  }

  /** As after an import, or if a client copies a meeting with its UID. */
  @Test
  void twoMeetingsOfOneCalendarWithTheSameUidBothBlockTheirTime() {
    outlook.put(MAILBOX, withUid(meeting("a", hour(3)), "uid-1"));
    outlook.put(MAILBOX, withUid(meeting("b", hour(5)), "uid-1"));

    mirrorBoth();

    assertThat(times()).containsExactlyInAnyOrder(hour(3), hour(5));
  }

  @Test
  void oneForceIsEnoughForChangedRules() {
    many();
    practise("both", ", \"blocks\": {\"busy\": false}");
    onATickingClock();

    deliverAndGoOn(change(Provider.OUTLOOK).forced());

    assertThat(times()).isEmpty();
  }

  @Test
  void allBlocksOfACalendarThatLeftAreRemovedOverSeveralInvocations() {
    many();
    CalendarChange outlookChange = change(Provider.OUTLOOK);
    CalendarChange googleChange = change(Provider.GOOGLE);
    practise("from-canvas", "");
    onATickingClock();

    // The calendar with the meetings is the last one that leaves.
    CalendarChange withMeetings = outlookChange.forced();
    deliverAndGoOn(googleChange.forced());
    deliverAndGoOn(withMeetings);

    assertThat(times()).isEmpty();
  }

  private void many() {
    IntStream.range(0, 400)
        .forEach(
            n ->
                outlook.put(
                    MAILBOX,
                    meeting(
                        "m" + n,
                        Interval.of(
                            day(1).plus(Duration.ofMinutes(60L * n)), Duration.ofMinutes(30)))));
    for (int n = 0; n < 5; n++) {
      mirrorBoth();
    }
    assertThat(times()).hasSize(400);
    changes.clear();
  }

  /** Delivers a change, and then what the function queues for itself. */
  private void deliverAndGoOn(CalendarChange first) {
    List<CalendarChange> waiting = new ArrayList<>(List.of(first));
    for (int n = 0; n < MOST_INVOCATIONS && !waiting.isEmpty(); n++) {
      changes.clear();
      assertThat(deliver(waiting.remove(0))).isEmpty();
      waiting.addAll(changes.sent());
    }
    assertThat(waiting).as("it comes to an end").isEmpty();
  }

  private static Meeting withUid(Meeting one, String uid) {
    return new Meeting(
        one.id(),
        uid,
        one.series(),
        one.originalStart(),
        one.when(),
        one.availability(),
        one.kind(),
        one.answer(),
        one.isCancelled(),
        one.isPrivate(),
        one.subject(),
        one.isOurs());
  }

  private void someMeetings(int many) {
    IntStream.range(0, many).forEach(n -> outlook.put(MAILBOX, meeting("m" + n, hour(n + 1))));
  }

  private List<Interval> timesOf(String practitioner) {
    LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    return canvas.appointmentsOf(practitioner, today, today.plusDays(30)).stream()
        .filter(one -> one.identifierOf(MirrorWorld.SYSTEM).isPresent())
        .flatMap(one -> one.time().stream())
        .toList();
  }

  private static Fault failing(String method, String query) {
    return new Fault(method, "/Appointment", query, Fault.Kind.STATUS, 503, Optional.empty(), 0, 1);
  }

  private void onATickingClock() {
    Clock ticking = new TickingClock();
    function =
        new SimulatedMirror(
                rows,
                changes,
                postponed,
                "http://127.0.0.1/changes",
                practice,
                system,
                tokens,
                mapper,
                ticking,
                TIMEOUT,
                (int) LEASE.toSeconds())
            .on(
                canvas,
                SimulatedRounds.on(rows, List.of(outlook, google), clock, (int) LEASE.toSeconds()));
  }

  /** Time passes whenever somebody looks at the clock. */
  private final class TickingClock extends Clock {
    @Override
    public Instant instant() {
      clock.move(Duration.ofMillis(90));
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }
}
