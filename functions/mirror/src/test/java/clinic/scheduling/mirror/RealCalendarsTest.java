package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.Sandboxes;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The function as it is deployed, with the stand-ins of both providers. */
@QuarkusTest
class RealCalendarsTest extends MirrorCase {
  @Inject MirrorMeetings deployed;
  private Sandboxes calendars;

  @BeforeEach
  void emptyCalendars() {
    sandbox.graph().reset();
    sandbox.google().reset();
    calendars = new Sandboxes(sandbox);
    function = deployed;
  }

  @Test
  void aMeetingIsFollowedInOutlook() {
    String id = calendars.makeInOutlook(MAILBOX, outlookEvent("uid-1", hour(3)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(3));

    calendars.changeInOutlook(MAILBOX, id, outlookTimes(hour(4)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(4));

    calendars.deleteInOutlook(MAILBOX, id);
    mirrorBoth();
    assertThat(times()).isEmpty();
  }

  @Test
  void aMeetingIsFollowedInGoogle() {
    String id = calendars.makeInGoogle(MAILBOX, googleEvent("uid-1", hour(3)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(3));

    calendars.changeInGoogle(MAILBOX, id, googleTimes(hour(4)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(4));

    calendars.deleteInGoogle(MAILBOX, id);
    mirrorBoth();
    assertThat(times()).isEmpty();
  }

  @Test
  void oneMeetingInBothCalendarsHasOneBlockUntilItHasLeftBoth() {
    String one = calendars.makeInOutlook(MAILBOX, outlookEvent("uid-1", hour(3)));
    String other = calendars.makeInGoogle(MAILBOX, googleEvent("uid-1", hour(3)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(3));

    calendars.deleteInOutlook(MAILBOX, one);
    mirrorBoth();
    assertThat(times()).containsExactly(hour(3));

    calendars.deleteInGoogle(MAILBOX, other);
    mirrorBoth();
    assertThat(times()).isEmpty();
  }

  @Test
  void aDeadCursorBeginsAFullRound() {
    calendars.makeInOutlook(MAILBOX, outlookEvent("uid-1", hour(3)));
    calendars.makeInGoogle(MAILBOX, googleEvent("uid-2", hour(4)));
    mirrorBoth();
    calendars.killDeltaLinks("syncStateNotFound");
    calendars.killSyncTokens();
    calendars.makeInOutlook(MAILBOX, outlookEvent("uid-3", hour(5)));

    mirrorBoth();

    assertThat(times()).containsExactly(hour(3), hour(4), hour(5));
    assertThat(log.text()).contains("meetings-cursor-expired");
  }

  @Test
  void instancesOfASeriesAreBlocksOfTheirOwn() {
    String json =
        outlookEvent("uid-1", hour(3))
            .replaceFirst(
                "\\{",
                "{\"recurrence\":{\"pattern\":{\"type\":\"daily\",\"interval\":1},"
                    + "\"range\":{\"type\":\"numbered\",\"numberOfOccurrences\":5,\"startDate\":\""
                    + hour(3).start().toString().substring(0, 10)
                    + "\"}},");
    calendars.makeInOutlook(MAILBOX, json);

    mirrorBoth();

    assertThat(times())
        .containsExactlyElementsOf(List.of(hour(3), hour(4), hour(5), hour(6), hour(7)));
  }

  @Test
  void noCallWritesToACalendar() {
    calendars.makeInOutlook(MAILBOX, outlookEvent("uid-1", hour(3)));
    List<?> before = calendars.outlook(MAILBOX);

    mirrorBoth();
    clock.move(Duration.ofMinutes(10));
    deliver(Provider.OUTLOOK);

    assertThat(calendars.outlook(MAILBOX)).isEqualTo(before);
    assertThat(times()).containsExactly(hour(3));
  }

  private static String outlookEvent(String uid, Interval time) {
    return "{\"iCalUId\":\"%s\",\"subject\":\"Canary\",\"showAs\":\"busy\",%s"
        .formatted(uid, outlookTimes(time).substring(1));
  }

  private static String outlookTimes(Interval time) {
    return "{\"start\":{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"},\"end\":{\"dateTime\":\"%s\",\"timeZone\":\"UTC\"}}"
        .formatted(local(time.start()), local(time.end()));
  }

  private static String googleEvent(String uid, Interval time) {
    return "{\"iCalUID\":\"%s\",\"summary\":\"Canary\",%s"
        .formatted(uid, googleTimes(time).substring(1));
  }

  private static String googleTimes(Interval time) {
    return "{\"start\":{\"dateTime\":\"%s\"},\"end\":{\"dateTime\":\"%s\"}}"
        .formatted(time.start(), time.end());
  }

  private static String local(java.time.Instant instant) {
    return instant.toString().replace("Z", "");
  }
}
