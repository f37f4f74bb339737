package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.RoundRecord;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No fault empties a clinician's schedule or fills it. */
@QuarkusTest
class GuardsTest extends MirrorCase {

  @Test
  void anEmptyFullRoundCancelsNothing() {
    someMeetings(12);
    mirrorBoth();
    rowsForgetTheCursor();
    outlook.answer(new MeetingRound.Read(List.of(), "0"));

    deliver(Provider.OUTLOOK);

    assertThat(times()).hasSize(12);
    assertThat(log.errors()).contains("meetings-stopped", "guard=removals");

    outlook.recover();
    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
    outlook.put(MAILBOX, meeting("new", hour(20)));
    deliver(Provider.OUTLOOK);
    assertThat(times()).as("it goes on by itself").hasSize(13);
  }

  @Test
  void aMassDeletionWaitsForAPerson() {
    someMeetings(12);
    mirrorBoth();
    outlook.clear(MAILBOX);

    deliver(Provider.OUTLOOK);
    deliver(Provider.OUTLOOK);
    assertThat(times()).hasSize(12);
    assertThat(log.errors().split("meetings-stopped", -1)).as("it is an error once").hasSize(2);

    assertThat(deliver(change(Provider.OUTLOOK).forced())).isEmpty();
    assertThat(times()).isEmpty();
  }

  /** A round that is as usual ends a guard on removals, but only a person ends a loop. */
  @Test
  void aGuardThatWaitsForAPersonIsNotReplacedByOneThatEndsByItself() {
    someMeetings(12);
    mirrorBoth();
    new MeetingStore(rows, clock).stop(INGRID, binding(Provider.OUTLOOK), "loop");
    outlook.clear(MAILBOX);
    deliver(Provider.OUTLOOK);

    someMeetings(12);
    outlook.put(MAILBOX, meeting("new", hour(20)));
    deliver(Provider.OUTLOOK);

    assertThat(times()).hasSize(12);
    assertThat(log.text()).contains("meetings-still-stopped", "guard=loop");
    deliver(change(Provider.OUTLOOK).forced());
    assertThat(times()).hasSize(13);
  }

  @Test
  void whileItWaitsNothingIsMadeOrChangedForThisCalendar() {
    someMeetings(12);
    mirrorBoth();
    outlook.clear(MAILBOX);
    google.put(MAILBOX, meeting("g", hour(30)));

    mirrorBoth();

    assertThat(times()).as("the other calendar goes on").hasSize(13).contains(hour(30));
  }

  @Test
  void aSeriesThatEndsIsOneRemoval() {
    IntStream.range(0, 30).forEach(n -> outlook.put(MAILBOX, instance("s", n, hour(n + 1))));
    mirrorBoth();
    assertThat(times()).hasSize(30);
    outlook.clear(MAILBOX);

    mirrorBoth();

    assertThat(times()).isEmpty();
  }

  @Test
  void tooManyInstancesStopTheCalendarAndDeleteNothing() {
    someMeetings(3);
    mirrorBoth();
    outlook.answer(new MeetingRound.TooMany(4000));

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
    assertThat(times()).hasSize(3);
    assertThat(log.errors()).contains("guard=too-many");

    outlook.recover();
    outlook.put(MAILBOX, meeting("new", hour(20)));
    deliver(Provider.OUTLOOK);
    assertThat(times()).hasSize(4);
  }

  @Test
  void aSeriesThatGrowsBeyondTheLimitIsNotStored() {
    someMeetings(3);
    mirrorBoth();
    Interval first = Interval.of(day(0), Duration.ofMinutes(20));
    IntStream.range(0, 801)
        .forEach(
            n ->
                outlook.put(
                    MAILBOX,
                    instance(
                        "s",
                        n,
                        Interval.of(
                            first.start().plus(Duration.ofMinutes(30L * n)),
                            Duration.ofMinutes(20)))));

    deliver(Provider.OUTLOOK);

    assertThat(times()).hasSize(3);
    assertThat(log.errors()).contains("guard=too-many");
  }

  @Test
  void aLoopIsBroken() {
    for (int n = 0; n < 8; n++) {
      outlook.put(MAILBOX, meeting("a", hour(3)));
      mirrorBoth();
      outlook.remove(MAILBOX, "a");
      mirrorBoth();
    }
    assertThat(log.errors()).contains("meetings-stopped", "guard=loop");
    long made =
        sandbox.canvas().appointmentTexts().stream().filter(it -> it.contains("block-")).count();
    assertThat(made).isLessThanOrEqualTo(4);

    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    assertThat(times()).isEmpty();
    assertThat(deliver(change(Provider.OUTLOOK).forced())).isEmpty();
    assertThat(times()).as("a person has decided").containsExactly(hour(3));
  }

  @Test
  void anUnknownEventTypeStopsTheCalendarAndSaysSo() {
    Practice usual = practice;
    practise("both", ", \"title\": \"Busy\"");
    practise(withEventType("no-such-type"));
    someMeetings(3);

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
    assertThat(log.errors()).contains("guard=event-type");
    assertThat(posts()).as("one try").isEqualTo(1);

    practise(usual);
    assertThat(deliver(change(Provider.OUTLOOK).forced())).isEmpty();
    assertThat(times()).hasSize(3);
  }

  @Test
  void aCalendarThatNoLongerBlocksLosesItsBlocksWhenAPersonSaysSo() {
    someMeetings(12);
    mirrorBoth();
    practise("from-canvas", "");

    deliver(Provider.OUTLOOK);
    assertThat(times()).hasSize(12);
    assertThat(log.errors()).contains("guard=removals");

    assertThat(deliver(change(Provider.OUTLOOK).forced())).isEmpty();
    assertThat(deliver(change(Provider.GOOGLE).forced())).isEmpty();
    assertThat(times()).isEmpty();

    practise("both", "");
    mirrorBoth();
    assertThat(times()).as("and back").hasSize(12);
  }

  /** A rule that no meeting meets any more may be a mistake. */
  @Test
  void aRuleThatWouldFreeMostOfTheTimeWaitsForAPerson() {
    someMeetings(12);
    mirrorBoth();
    practise("both", ", \"blocks\": {\"busy\": false}");

    mirrorBoth();
    mirrorBoth();
    assertThat(times()).hasSize(12);
    assertThat(log.errors().split("meeting-rules-held", -1)).as("it is an error once").hasSize(2);

    assertThat(deliver(change(Provider.OUTLOOK).forced())).isEmpty();
    assertThat(times()).isEmpty();
  }

  @Test
  void aRuleThatFreesAFewMeetingsIsFollowed() {
    someMeetings(30);
    Interval hour = hour(40);
    outlook.put(MAILBOX, meeting("short", Interval.of(hour.start(), Duration.ofMinutes(10))));
    mirrorBoth();
    assertThat(times()).hasSize(31);

    practise("both", ", \"minimumMinutes\": 15");
    mirrorBoth();

    assertThat(times()).hasSize(30);
  }

  @Test
  void aFewBlocksGoWithoutAsking() {
    someMeetings(3);
    mirrorBoth();
    practise("from-canvas", "");

    mirrorBoth();

    assertThat(times()).isEmpty();
  }

  @Test
  void anUnreadableCalendarCancelsNothing() {
    someMeetings(3);
    mirrorBoth();
    outlook.clear(MAILBOX);
    outlook.fail(new CalendarOutcome.TryLater(Duration.ofSeconds(70)));
    assertThat(deliver(Provider.OUTLOOK)).hasSize(1);
    assertThat(postponed.seconds()).containsExactly(70);

    outlook.fail(new CalendarOutcome.Denied("no-access"));
    clock.move(Duration.ofMinutes(2));
    assertThat(deliver(Provider.OUTLOOK)).as("the next poll asks again").isEmpty();
    clock.move(Duration.ofHours(3));
    deliver(Provider.OUTLOOK);

    assertThat(times()).hasSize(3);
    assertThat(log.errors()).contains("meetings-denied-for-hours");
  }

  private void someMeetings(int many) {
    IntStream.range(0, many).forEach(n -> outlook.put(MAILBOX, meeting("m" + n, hour(n + 1))));
  }

  /** As a dead cursor does. */
  private void rowsForgetTheCursor() {
    MeetingStore store = new MeetingStore(rows, clock);
    RoundRecord round = store.round(INGRID, binding(Provider.OUTLOOK));
    store.touch(round, "", round.window().orElseThrow());
  }

  private Practice withEventType(String code) {
    try {
      return PracticeReader.read(
          MirrorWorld.document("both", "")
              .replaceFirst("\"code\": \"272379006\"", "\"code\": \"" + code + "\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int posts() {
    return log.text().split("resource=Appointment status=422", -1).length - 1;
  }
}
