package clinic.scheduling.calendars.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.google.GoogleMeeting;
import clinic.scheduling.calendaraccess.google.GoogleTokens;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A round ends within its limits, whatever Google answers. Here Google answers in ways that the
 * sandbox does not.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class GoogleRoundsTest {
  private static final String MAILBOX = "ingrid.testwell@example.invalid";
  private static final Interval WINDOW =
      new Interval(Instant.parse("2027-02-01T08:00:00Z"), Instant.parse("2027-04-01T07:00:00Z"));

  @Inject GoogleTokens tokens;

  private final MovableClock clock = MovableClock.at("2027-02-02T12:00:00Z");
  private Duration each = Duration.ZERO;
  private Supplier<MeetingPage> list = () -> new MeetingPage(List.of(), null, "cursor");
  private Supplier<MeetingPage> instances = list;
  private int requests;

  @Test
  void aRoundThatTakesTooLongIsGivenUp() {
    each = Duration.ofSeconds(3);
    list = () -> new MeetingPage(List.of(), "next", null);

    assertThat(readAll()).isEqualTo(tooLong());
    assertThat(requests).isLessThanOrEqualTo(15);
  }

  @Test
  void theInstancesOfSeriesCountToo() {
    each = Duration.ofSeconds(3);
    list = () -> new MeetingPage(cancelledOf(30), null, "cursor");

    assertThat(since()).isEqualTo(tooLong());
    assertThat(requests).isLessThanOrEqualTo(15);
  }

  @Test
  void aRoundOfTooManyPagesIsGivenUp() {
    list = () -> new MeetingPage(List.of(), "next", null);

    assertThat(readAll()).isEqualTo(new MeetingRound.TooMany(MeetingSource.MOST_INSTANCES));
    assertThat(requests).isEqualTo(40);
    assertThat(since()).isEqualTo(new MeetingRound.CursorExpired());
  }

  @Test
  void aRoundWithTooManySeriesBecomesAFullOne() {
    list = () -> new MeetingPage(cancelledOf(51), null, "cursor");

    assertThat(since()).isEqualTo(new MeetingRound.CursorExpired());
    assertThat(requests).isEqualTo(1);
  }

  @Test
  void aSeriesWithMoreInstancesThanAPageIsNotUsed() {
    list = () -> new MeetingPage(cancelledOf(1), null, "cursor");
    instances = () -> new MeetingPage(List.of(), "next", null);

    assertThat(since()).isEqualTo(new MeetingRound.TooMany(MeetingSource.MOST_OF_A_SERIES));
  }

  @Test
  void aLastPageWithoutATokenMakesTheRoundUnreadable() {
    list = () -> new MeetingPage(List.of(), null, null);

    assertThat(readAll())
        .isEqualTo(new MeetingRound.Unreadable(new CalendarOutcome.Refused("no-sync-token")));
  }

  private MeetingRound readAll() {
    return meetings().readAll(MAILBOX, WINDOW);
  }

  private MeetingRound since() {
    return meetings().changesSince(MAILBOX, WINDOW, "cursor");
  }

  private GoogleMeetings meetings() {
    return new GoogleMeetings(new Answers(), new GoogleCalls(tokens, clock), clock);
  }

  private static MeetingRound tooLong() {
    return new MeetingRound.Unreadable(CalendarOutcome.Busy.notVisibleYet());
  }

  /** One cancelled instance of each of so many series. */
  private static List<GoogleMeeting> cancelledOf(int series) {
    return IntStream.range(0, series)
        .mapToObj(n -> cancelled("series" + n + "_20270203T170000Z"))
        .toList();
  }

  private static GoogleMeeting cancelled(String id) {
    return new GoogleMeeting(
        id, "cancelled", null, null, null, false, null, null, null, null, null, null, null, null);
  }

  /** Google, as far as meetings are read. */
  private final class Answers implements GoogleApi {
    @Override
    public MeetingPage meetings(String bearer, String calendar, MeetingQuery query) {
      return next(list);
    }

    @Override
    public MeetingPage instances(
        String bearer, String calendar, String series, InstancesQuery query) {
      return next(instances);
    }

    private MeetingPage next(Supplier<MeetingPage> page) {
      requests++;
      clock.move(each);
      return page.get();
    }

    @Override
    public GoogleEvent insert(
        String bearer, String calendar, String sendUpdates, GoogleEvent event) {
      throw new AssertionError("meetings are only read");
    }

    @Override
    public GoogleEvent get(String bearer, String calendar, String event) {
      throw new AssertionError("meetings are only read");
    }

    @Override
    public GooglePage list(String bearer, String calendar, GoogleSearch search) {
      throw new AssertionError("meetings are only read");
    }

    @Override
    public GoogleEvent patch(
        String bearer, String calendar, String event, String sendUpdates, GoogleEvent change) {
      throw new AssertionError("meetings are only read");
    }

    @Override
    public void delete(String bearer, String calendar, String event, String sendUpdates) {
      throw new AssertionError("meetings are only read");
    }
  }
}
