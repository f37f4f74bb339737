package clinic.scheduling.calendarintake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlookNoticesTest extends CalendarNoticeCase {

  @Test
  void aGenuineNoticeQueuesItsCalendar() {
    NewWatch watch = open(outlook, "subscription-1");

    assertThat(outlook(notices(notice(state(watch)))).getStatusCode()).isEqualTo(202);

    assertThat(queue.sent())
        .containsExactly(CalendarChange.of("outlook", outlook.key(), clock.instant()));
    assertThat(log.text()).doesNotContain(watch.secret().value());
  }

  @Test
  void theTableHoldsOnlyADigestOfTheSecret() {
    NewWatch watch = open(outlook, "subscription-1");

    assertThat(watch.clientState().value()).hasSizeLessThanOrEqualTo(128);
    assertThat(rows.text()).contains("secretDigest").doesNotContain(watch.secret().value());
  }

  @Test
  void aGenuineNoticeMakesTheFreeTimesOfTheClinicianStale() {
    NewWatch watch = open(outlook, "subscription-1");

    outlook(notices(notice(state(watch))));

    assertThat(rows.text())
        .contains("hold#" + practice.practitioners().get(0).canvasId())
        .doesNotContain("hold#" + practice.practitioners().get(1).canvasId());
  }

  @Test
  void oneBodyMayHaveNoticesOfSeveralSubscriptionsAndCalendars() {
    NewWatch one = open(outlook, "subscription-1");
    NewWatch sameCalendar = open(outlook, "subscription-2");
    NewWatch other = open(otherOutlook, "subscription-3");

    outlook(
        notices(
            notice(state(one)),
            notice(state(one)),
            notice(outlook.key() + ".wrong"),
            notice(state(other)),
            notice(state(sameCalendar))));

    assertThat(queued()).containsExactly(outlook.key(), otherOutlook.key());
    assertThat(log.text()).contains("notice-refused provider=outlook notices=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        ".",
        "outlook-0123456789ab.x",
        "outlook-0123456789ab",
        "google-0123456789ab.x",
        "OUTLOOK-0123456789AB.x"
      })
  void aWrongClientStateIsDroppedAndCounted(String clientState) {
    open(outlook, "subscription-1");

    assertThat(outlook(notices(notice(clientState))).getStatusCode()).isEqualTo(202);

    assertThat(queued()).isEmpty();
    assertThat(log.text()).contains("notice-refused provider=outlook notices=1");
  }

  @Test
  void theSecretOfOneCalendarSaysNothingAboutAnother() {
    NewWatch watch = open(outlook, "subscription-1");
    open(otherOutlook, "subscription-2");

    outlook(notices(notice(otherOutlook.key() + "." + watch.secret().value())));

    assertThat(queued()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "{}", "[]", "\"x\"", "true"})
  void whatIsNoNoticeAmongOthersIsDropped(String odd) {
    NewWatch watch = open(outlook, "subscription-1");

    // The contract allows no such body, so it is not compared with the contract.
    String body = notices(odd, notice(state(watch)), "{\"clientState\":" + odd + "}");
    function.receiveCalendarNotice(Events.of("POST", "/webhooks/outlook").json(body).build());

    assertThat(queued()).containsExactly(outlook.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{}", "{\"value\":{}}", "{\"value\":[]}x", "null"})
  void aBodyThatIsNoListOfNoticesIs400(String body) {
    assertThat(outlook(body).getStatusCode()).isEqualTo(400);
    assertThat(rows.reads()).isZero();
  }

  @Test
  void aBodyThatIsTooLargeIs413() {
    assertThat(outlook(notices("\"" + "x".repeat(1_048_576) + "\"")).getStatusCode())
        .isEqualTo(413);
  }

  @Test
  void aBodyInBase64IsReadToo() {
    NewWatch watch = open(outlook, "subscription-1");
    String body = notices(notice(state(watch)));

    receive(
        "/webhooks/outlook", Events.of("POST", "/webhooks/outlook").json(body).inBase64(), body);

    assertThat(queued()).containsExactly(outlook.key());
  }

  @Test
  void everyEventOfASubscriptionsLifeAlsoMeansToLook() {
    NewWatch watch = open(outlook, "subscription-1");

    outlook(notices(lifecycle(state(watch), "missed")));

    assertThat(queued()).containsExactly(outlook.key());
    assertThat(only(outlook).attention()).isEmpty();
  }

  @Test
  void aSubscriptionThatWasRemovedOrNeedsAuthorizationIsMarked() {
    NewWatch watch = open(outlook, "subscription-1");
    NewWatch other = open(otherOutlook, "subscription-2");

    outlook(
        notices(
            lifecycle(state(watch), "reauthorizationRequired"),
            lifecycle(state(other), "subscriptionRemoved"),
            lifecycle(state(other), "reauthorizationRequired"),
            notice(state(other))));

    assertThat(queued()).containsExactly(outlook.key(), otherOutlook.key());
    assertThat(only(outlook).attention()).contains("reauthorizationRequired");
    assertThat(only(otherOutlook).attention()).contains("subscriptionRemoved");
  }

  @Test
  void aForgedEventMarksNothing() {
    open(outlook, "subscription-1");

    outlook(notices(lifecycle(outlook.key() + ".forged", "subscriptionRemoved")));

    assertThat(only(outlook).attention()).isEmpty();
  }

  @Test
  void aCalendarThatTheDocumentDoesNotMirrorIsAcceptedAndDropped() {
    NewWatch gone =
        watches
            .begin(
                "outlook-0123456789ab", "x@example.invalid", CALLBACK, clock.instant().plus(WEEK))
            .orElseThrow();

    assertThat(outlook(notices(notice(state(gone)))).getStatusCode()).isEqualTo(202);

    assertThat(queued()).isEmpty();
    assertThat(log.text()).contains("notice-of-other-calendar").doesNotContain("notice-refused");
  }

  /** Otherwise somebody who knows no secret could make us read the table very often. */
  @Test
  void afterTenWrongSecretsTheRestOfABodyIsNotLookedAt() {
    String[] forged =
        IntStream.range(0, 90)
            .mapToObj(i -> notice("outlook-%012x.forged".formatted(i)))
            .toArray(String[]::new);

    assertThat(outlook(notices(forged)).getStatusCode()).isEqualTo(202);

    assertThat(rows.reads()).isEqualTo(10);
    assertThat(log.text())
        .contains("notice-refused provider=outlook notices=10")
        .contains("notices-left provider=outlook notices=80");
  }

  @Test
  void aTableThatIsBusyIs503AndTheRepeatIsQueued() {
    NewWatch watch = open(outlook, "subscription-1");
    rows.busy(true);

    assertThat(outlook(notices(notice(state(watch)))).getStatusCode()).isEqualTo(503);
    rows.busy(false);
    assertThat(outlook(notices(notice(state(watch)))).getStatusCode()).isEqualTo(202);

    assertThat(queued()).containsExactly(outlook.key());
  }

  @Test
  void aBodyThatTakesTooLongIs503AndTheRepeatQueuesTheRest() {
    NewWatch watch = open(outlook, "subscription-1");
    NewWatch other = open(otherOutlook, "subscription-2");
    String body = notices(notice(state(watch)), notice(state(other)));
    Instant asked = clock.instant();
    rows.beforeEachRead(() -> clock.move(Duration.ofSeconds(2)));

    assertThat(outlook(body).getStatusCode()).isEqualTo(503);
    assertThat(Duration.between(asked, clock.instant())).isLessThan(Duration.ofSeconds(10));
    assertThat(queued()).containsExactly(outlook.key());
    assertThat(log.text()).contains("notices-late provider=outlook notices=1");
    rows.beforeEachRead(() -> {});
    assertThat(outlook(body).getStatusCode()).isEqualTo(202);

    assertThat(queued()).contains(otherOutlook.key());
  }

  @Test
  void aNoticeOfAWatchWhoseRowHasExpiredIsRefused() {
    NewWatch watch = open(outlook, "subscription-1");
    clock.move(WEEK.plus(Duration.ofHours(23)));
    outlook(notices(notice(state(watch))));
    assertThat(queued()).hasSize(1);

    clock.move(Duration.ofHours(2));
    outlook(notices(notice(state(watch))));

    assertThat(queued()).hasSize(1);
  }

  private static String state(NewWatch watch) {
    return watch.clientState().value();
  }
}
