package clinic.scheduling.calendaraccess.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.BothCalendars;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings.Read;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings.Result;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings.Unreadable;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings.Why;
import clinic.scheduling.calendaraccess.meeting.Meeting.AllDay;
import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Timed;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.practice.Meetings;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.testing.MeetingsByHand;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link CurrentMeetings}, which each provider keeps over its stand-in. */
@QuarkusTestResource(BothCalendars.class)
public abstract class CurrentMeetingsContract {
  protected static final String MAILBOX = "ingrid.testwell@example.invalid";
  protected static final ZoneId CLINIC = ZoneId.of("America/Los_Angeles");
  protected static final String LIST = "GET .*(events|calendarView)";
  protected static final Interval NINE =
      Interval.of(Instant.parse("2026-11-24T17:00:00Z"), Duration.ofMinutes(30));

  /** The night in which the clocks of the clinic are set back: Sunday, 1 November 2026. */
  private static final LocalDate CLOCKS_GO_BACK = LocalDate.of(2026, 11, 1);

  @Inject MovableClock clock;
  protected Sandbox sandbox;
  protected MeetingsByHand people;

  protected abstract CurrentMeetings meetings();

  protected abstract Faults faults();

  /** Somebody makes a meeting; {@code how} says what is special about it. */
  protected abstract void make(Interval time, How how);

  /** Somebody makes an all-day event, in the zone of the clinic. */
  protected abstract void makeAllDay(LocalDate from, LocalDate until);

  /** Somebody makes a meeting of half an hour at nine o'clock of each day, in the clinic's zone. */
  protected abstract void makeDaily(LocalDate first);

  /** How a meeting is shown. */
  protected enum How {
    BUSY,
    FREE,
    TENTATIVE,
    DECLINED,
    CANCELLED,
    OURS
  }

  @BeforeEach
  void empty() {
    clock.set(Instant.now());
    sandbox.graph().reset();
    sandbox.google().reset();
    people = new MeetingsByHand(sandbox);
  }

  @AfterEach
  void nothingThatWasExchangedBreaksTheProvidersOwnDescription() {
    assertThat(sandbox.graph().watch().broken()).isEmpty();
    assertThat(sandbox.google().watch().broken()).isEmpty();
  }

  @Test
  void aMeetingThatWasMadeJustNowIsRead() {
    make(NINE, How.BUSY);

    assertThat(found())
        .singleElement()
        .satisfies(
            meeting -> {
              assertThat(meeting.when()).isEqualTo(new Timed(NINE.start(), NINE.end()));
              assertThat(meeting.availability()).isEqualTo(Availability.BUSY);
              assertThat(meeting.answer()).isEqualTo(Answer.ACCEPTED);
              assertThat(meeting.isCancelled()).isFalse();
              assertThat(meeting.isOurs()).isFalse();
            });
    assertThat(blocked()).containsExactly(NINE);
  }

  @Test
  void anEmptyCalendarHasNoMeetings() {
    assertThat(found()).isEmpty();
  }

  @Test
  void whatWeWroteOurselvesBlocksNothing() {
    make(NINE, How.OURS);

    assertThat(found()).singleElement().matches(Meeting.Facts::isOurs);
    assertThat(blocked()).isEmpty();
  }

  @Test
  void aMeetingBesideOurOwnEntryIsToldApartFromIt() {
    Interval rest = Interval.of(NINE.end(), Duration.ofMinutes(30));
    make(NINE, How.OURS);
    make(rest, How.BUSY);

    assertThat(blocked()).containsExactly(rest);
  }

  @Test
  void whatIsFreeDeclinedOrCancelledBlocksNothing() {
    make(NINE, How.FREE);
    make(NINE, How.DECLINED);
    make(NINE, How.CANCELLED);

    assertThat(blocked()).isEmpty();
  }

  @Test
  void aTentativeMeetingIsShownAsSuch() {
    make(NINE, How.TENTATIVE);

    assertThat(found())
        .singleElement()
        .matches(
            one ->
                one.availability() == Availability.TENTATIVE || one.answer() == Answer.TENTATIVE);
    assertThat(blocked()).containsExactly(NINE);
  }

  @Test
  void anAllDayMeetingIsOnTheDaysOfTheClinic() {
    LocalDate day = LocalDate.of(2026, 11, 24);
    makeAllDay(day, day.plusDays(2));

    assertThat(found())
        .singleElement()
        .extracting(Meeting.Facts::when)
        .isEqualTo(new AllDay(day, day.plusDays(2)));
  }

  @Test
  void theEveningOfAnAllDayMeetingIsFoundThoughItIsTheNextDayInUtc() {
    LocalDate day = LocalDate.of(2026, 11, 24);
    makeAllDay(day, day.plusDays(1));
    Interval evening =
        Interval.of(day.atTime(22, 0).atZone(CLINIC).toInstant(), Duration.ofMinutes(30));

    assertThat(blocked(evening)).anyMatch(evening::overlaps);
  }

  @Test
  void theMorningOfAnAllDayMeetingIsFoundToo() {
    LocalDate day = LocalDate.of(2026, 11, 24);
    makeAllDay(day, day.plusDays(1));
    Interval before = Interval.of(instant(day.minusDays(1), 23), Duration.ofMinutes(30));
    Interval morning = Interval.of(instant(day, 0), Duration.ofMinutes(30));

    assertThat(blocked(morning)).anyMatch(morning::overlaps);
    assertThat(blocked(before)).noneMatch(before::overlaps);
  }

  @Test
  void aDailyMeetingKeepsItsHourWhenTheClocksAreSetBack() {
    makeDaily(CLOCKS_GO_BACK.minusDays(3));

    for (LocalDate day :
        List.of(CLOCKS_GO_BACK.minusDays(1), CLOCKS_GO_BACK, CLOCKS_GO_BACK.plusDays(1))) {
      Interval nine = Interval.of(instant(day, 9), Duration.ofMinutes(30));
      assertThat(blocked(nine)).as(day.toString()).contains(nine);
    }
  }

  @Test
  void aThrottledCallSaysHowLongToLeaveTheMailboxAlone() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, LIST, 429, "", "7", 0));

    assertThat(ask(NINE)).isEqualTo(Unreadable.throttled(Duration.ofSeconds(7)));
  }

  @Test
  void noCallIsRepeatedButForANewToken() {
    ask(NINE);
    people.revokeTokens();
    make(NINE, How.BUSY);

    assertThat(blocked()).containsExactly(NINE);
  }

  @Test
  void aFailureSaysNothingAboutTheTime() {
    for (Fault fault :
        List.of(
            new Fault(Fault.Kind.STATUS, 1, LIST, 503, "", null, 0),
            new Fault(Fault.Kind.PAGE, 1, LIST, 502, "", null, 0),
            new Fault(Fault.Kind.PAGE, 1, LIST, 200, "", null, 0),
            new Fault(Fault.Kind.TIMEOUT, 1, LIST, 0, "", null, 3))) {
      faults().add(fault);

      assertThat(ask(NINE)).as(fault.toString()).isEqualTo(Unreadable.because(Why.FAILED));
    }
  }

  @Test
  void deniedAccessIsToldApart() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, LIST, 403, "insufficientPermissions", null, 0));

    assertThat(ask(NINE)).isEqualTo(Unreadable.because(Why.DENIED));
  }

  @Test
  void aPageThatIsNotTheLastIsNoAnswer() {
    for (int i = 0; i <= CurrentMeetings.MOST; i++) {
      make(NINE, How.FREE);
    }

    assertThat(ask(NINE)).isEqualTo(Unreadable.because(Why.TOO_MANY));
  }

  protected static Instant instant(LocalDate day, int hour) {
    return day.atTime(hour, 0).atZone(CLINIC).toInstant();
  }

  private Result ask(Interval time) {
    return meetings().at(MAILBOX, time);
  }

  private List<Meeting.Facts> found() {
    return found(NINE);
  }

  private List<Meeting.Facts> found(Interval time) {
    return ask(time)
        .fold(
            Read::meetings,
            unreadable -> {
              throw new AssertionError(unreadable);
            });
  }

  private List<Interval> blocked() {
    return blocked(NINE);
  }

  private List<Interval> blocked(Interval time) {
    return found(time).stream()
        .flatMap(one -> MeetingPolicy.of(one, Meetings.DEFAULT, CLINIC).time().stream())
        .toList();
  }
}
