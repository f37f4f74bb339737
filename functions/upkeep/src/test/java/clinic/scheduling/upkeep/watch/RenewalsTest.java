package clinic.scheduling.upkeep.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.subscription.Watch;
import clinic.scheduling.core.subscription.WatchState;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RenewalsTest extends WatchCase {
  private static final Duration HALF = Duration.ofMinutes(2_101);

  @Test
  void theFirstRunOpensOneWatchForEachMirroredCalendar() {
    JsonNode answer = renew();

    assertThat(answer.at("/all/opened").asInt()).as("%s", answer).isEqualTo(4);
    assertThat(subscriptions()).hasSize(2);
    assertThat(channels()).hasSize(2);
    assertThat(only(outlook).state()).isEqualTo(WatchState.OPEN);
    assertThat(only(google).state()).isEqualTo(WatchState.OPEN);
    assertThat(queued()).contains(outlook.key(), google.key());
  }

  @Test
  void aSecondRunDoesNothing() {
    renew();

    JsonNode answer = renew();

    assertThat(answer.path("calendars")).as("%s", answer).isEmpty();
    assertThat(subscriptions()).hasSize(2);
    assertThat(channels()).hasSize(2);
  }

  @Test
  void aChangeInTheCalendarOfAPersonArrivesAtTheIntake() {
    renew();
    clock.move(Duration.ofMinutes(1));
    queue.clear();

    control(
        "POST",
        "/google-control/calendars/" + google.address() + "/events",
        "{\"summary\":\"Lunch\",\"start\":{\"dateTime\":\"2027-03-16T12:00:00Z\"},"
            + "\"end\":{\"dateTime\":\"2027-03-16T13:00:00Z\"}}");

    await().untilAsserted(() -> assertThat(queued()).contains(google.key()));
    assertThat(log.text()).doesNotContain("notice-refused");
  }

  @Test
  void aSubscriptionIsRenewedAfterHalfItsLife() {
    renew();
    String before = only(outlook).external().orElseThrow();
    Watch first = only(outlook);
    clock.move(HALF);

    JsonNode answer = renew();

    assertThat(answer.at("/all/renewed").asInt()).as("%s", answer).isEqualTo(2);
    assertThat(only(outlook).external()).contains(before);
    assertThat(only(outlook).ends()).isAfter(first.ends());
    assertThat(subscriptions()).hasSize(2);
  }

  @Test
  void aChannelsSuccessorIsOpenBeforeTheOldOneIsStopped() {
    renew();
    Watch old = only(google);
    clock.move(Duration.ofDays(6).plusHours(1));

    JsonNode answer = renew();

    assertThat(answer.at("/all/opened").asInt()).as("%s", answer).isGreaterThanOrEqualTo(2);
    assertThat(only(google).id()).isNotEqualTo(old.id());
    assertThat(channels())
        .extracting(channel -> channel.path("id").asText())
        .contains(only(google).channelId())
        .doesNotContain(old.channelId());
  }

  @Test
  void theOldChannelStaysIfItsSuccessorCannotBeOpened() {
    renew();
    Watch old = only(google);
    clock.move(Duration.ofDays(6).plusHours(1));
    control(
        "POST",
        "/google-control/faults",
        "{\"kind\":\"STATUS\",\"times\":50,\"match\":\"/watch\",\"status\":503}");

    renew();

    assertThat(channels())
        .extracting(channel -> channel.path("id").asText())
        .contains(old.channelId());
    assertThat(watches.of(google.key()))
        .filteredOn(watch -> watch.state() == WatchState.OPEN)
        .extracting(Watch::id)
        .containsExactly(old.id());
  }

  @Test
  void aHandshakeThatFailsLeavesNothingAndTheNextRunOpens() {
    intake.answersOnly(500);
    JsonNode failed = renew();
    assertThat(failed.at("/all/failed").asInt()).as("%s", failed).isPositive();
    assertThat(subscriptions()).isEmpty();
    assertThat(watches.of(outlook.key())).isEmpty();
    assertThat(log.text()).contains("watch-refused");

    intake.answersOnly(0);
    renew();

    assertThat(subscriptions()).hasSize(2);
    assertThat(only(outlook).state()).isEqualTo(WatchState.OPEN);
  }

  @Test
  void aSubscriptionThatGraphRemovedIsOpenedAgainByTheNextPoll() {
    renew();
    String removed = only(outlook).external().orElseThrow();
    clock.move(Duration.ofMinutes(1));

    lifecycle(removed, "subscriptionRemoved");
    await().untilAsserted(() -> assertThat(only(outlook).attention()).isPresent());
    poll();

    assertThat(only(outlook).external()).isPresent().get().isNotEqualTo(removed);
    assertThat(only(outlook).attention()).isEmpty();
    assertThat(subscriptions())
        .extracting(one -> one.path("id").asText())
        .contains(only(outlook).external().orElseThrow())
        .hasSize(2);
  }

  @Test
  void aSubscriptionThatNeedsAuthorizationIsRenewedByTheNextPoll() {
    renew();
    String id = only(outlook).external().orElseThrow();
    clock.move(Duration.ofMinutes(1));

    lifecycle(id, "reauthorizationRequired");
    await().untilAsserted(() -> assertThat(only(outlook).attention()).isPresent());
    poll();

    assertThat(only(outlook).external()).contains(id);
    assertThat(only(outlook).attention()).isEmpty();
    assertThat(subscriptions())
        .allSatisfy(one -> assertThat(one.path("paused").asBoolean()).isFalse());
  }

  @Test
  void aSubscriptionThatEndedWhileNobodyRanIsOpenedAgain() {
    renew();
    Watch ended = only(outlook);
    control("DELETE", "/graph-control/subscriptions/" + ended.external().orElseThrow(), "");
    clock.move(Duration.ofHours(71));

    renew();

    assertThat(only(outlook).id()).isNotEqualTo(ended.id());
    assertThat(only(outlook).isAliveAt(clock.instant())).isTrue();
  }

  @Test
  void aSubscriptionThatWentAwayWithoutAWordIsOpenedAgainWhenItIsToBeRenewed() {
    renew();
    Watch gone = only(outlook);
    control("DELETE", "/graph-control/subscriptions/" + gone.external().orElseThrow(), "");
    clock.move(HALF);

    renew();

    assertThat(only(outlook).external()).isNotEqualTo(gone.external());
    assertThat(log.text()).contains("watch-gone");
  }

  @Test
  void aSubscriptionThatNoRowKnowsIsStopped() {
    renew();
    Watch lost = only(outlook);
    watches.forget(lost);

    JsonNode answer = renew();

    assertThat(answer.at("/strays/stopped").asInt()).as("%s", answer).isEqualTo(1);
    assertThat(subscriptions())
        .extracting(one -> one.path("id").asText())
        .hasSize(2)
        .doesNotContain(lost.external().orElseThrow());
  }

  @Test
  void calendarsThatAreNotMirroredAnyMoreLoseTheirWatches() {
    renew();

    JsonNode answer = renew(practice(false), sandbox.url());

    assertThat(answer.at("/all/stopped").asInt()).as("%s", answer).isEqualTo(4);
    assertThat(subscriptions()).isEmpty();
    assertThat(channels()).isEmpty();
    assertThat(watches.calendars()).isEmpty();
    renew();
    assertThat(channels()).hasSize(2);
  }

  @Test
  void watchesOfAProviderThatIsOffAreLeftToEndByThemselves() {
    renew();
    providers = providers.stream().filter(one -> one.provider() == Provider.OUTLOOK).toList();

    JsonNode answer = renew(practice(false), sandbox.url());

    assertThat(answer.at("/all/stopped").asInt()).as("%s", answer).isEqualTo(2);
    assertThat(answer.at("/all/failed").asInt()).isZero();
    assertThat(channels()).hasSize(2);
    assertThat(only(google).state()).isEqualTo(WatchState.OPEN);
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void afterThePublicAddressHasChangedNewWatchesCallItAndTheOldOnesAreStopped() {
    renew();
    List<String> old = subscriptions().stream().map(one -> one.path("id").asText()).toList();

    renew(practice, otherAddress());

    assertThat(subscriptions())
        .hasSize(2)
        .allMatch(one -> notificationUrl(one).startsWith(otherAddress().toString()))
        .noneMatch(one -> old.contains(one.path("id").asText()));
    assertThat(channels()).hasSize(2);
    assertThat(allCalendars())
        .allMatch(one -> only(one).callback().orElse("").startsWith(otherAddress().toString()));
    assertThat(renew(practice, otherAddress()).at("/all/opened").asInt()).isZero();
  }

  /** Another name of this machine. */
  private URI otherAddress() {
    String here = sandbox.url().toString();
    String other = here.replace("localhost", "127.0.0.1");
    return URI.create(here.equals(other) ? here.replace("127.0.0.1", "localhost") : other);
  }

  private static String notificationUrl(JsonNode subscription) {
    return subscription.path("notificationUrl").asText();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.invalid", "ftp://localhost", "http://10.0.0.1:8080"})
  void withoutAnAddressThatProvidersReachThereIsOneLineAndNoWatch(String publicUrl) {
    JsonNode answer = renew(practice, URI.create(publicUrl));

    assertThat(answer.path("reachable").asBoolean()).isFalse();
    assertThat(answer.at("/all/failed").asInt()).isZero();
    assertThat(log.text().split("watches-off", -1)).hasSize(2);
    assertThat(subscriptions()).isEmpty();
    assertThat(channels()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:8080", "https://localhost", "https://127.0.0.1:8443"})
  void aProviderThatIsElsewhereIsNotAskedToCallThisMachine(String publicUrl) {
    JsonNode answer =
        renew(
            practice,
            SimulatedWatchTasks.address(
                URI.create(publicUrl), URI.create("https://graph.example.invalid/v1.0")),
            Deadline.in(Duration.ofSeconds(290), clock));

    assertThat(answer.path("reachable").asBoolean()).isFalse();
    assertThat(answer.at("/all/failed").asInt()).isZero();
    assertThat(log.text()).contains("watches-off").doesNotContain("watch-refused");
    assertThat(subscriptions()).isEmpty();
    assertThat(channels()).isEmpty();
  }

  @Test
  void runsThatAreCutShortTakeTurnsSoThatNoCalendarStarves() {
    for (int runs = 0; runs < allCalendars().size(); runs++) {
      JsonNode answer = renewWithTimeForOneCalendar();
      assertThat(answer.path("left").asInt()).as("%s", answer).isEqualTo(3);
    }

    assertThat(allCalendars()).allMatch(one -> !watches.of(one.key()).isEmpty());
    assertThat(subscriptions()).hasSize(2);
  }

  /** Each of them uses all the time of a run, and will do so again. */
  @Test
  void mailboxesThatFailInRunsThatAreCutShortDoNotStarveTheOthers() {
    control(
        "POST",
        "/google-control/faults",
        "{\"kind\":\"STATUS\",\"times\":50,\"match\":\"/watch\",\"status\":503}");

    for (int runs = 0; runs < allCalendars().size(); runs++) {
      renewWithTimeForOneCalendar();
    }

    assertThat(channels()).isEmpty();
    assertThat(subscriptions()).hasSize(2);
  }

  /** As if the providers were slow. The next run is an hour later. */
  private JsonNode renewWithTimeForOneCalendar() {
    rows.beforeEachWrite(() -> clock.move(Duration.ofSeconds(1)));
    JsonNode answer =
        renew(
            practice,
            SimulatedWatchTasks.address(sandbox.url(), sandbox.url()),
            Deadline.in(RenewCalendar.LONGEST.plusMillis(500), clock));
    clock.move(Duration.ofHours(1));
    return answer;
  }

  @Test
  void oneMailboxThatFailsDoesNotStopTheOthers() {
    control(
        "POST",
        "/google-control/faults",
        "{\"kind\":\"STATUS\",\"times\":9,\"match\":\"" + google.address() + "\",\"status\":500}");

    JsonNode answer = renew();

    assertThat(answer.at("/all/opened").asInt()).as("%s", answer).isEqualTo(3);
    assertThat(answer.at("/all/failed").asInt()).isEqualTo(1);
    assertThat(watches.of(google.key())).hasSize(1);
    assertThat(only(google).state()).as("nobody knows").isEqualTo(WatchState.OPENING);
  }

  @Test
  void aSubscriptionWhoseCreateWasNotAnsweredIsStoppedAndAnotherOneOpened() {
    control(
        "POST",
        "/graph-control/faults",
        "{\"kind\":\"STATUS_AFTER_EFFECT\",\"times\":1,\"match\":\"POST .*subscriptions\",\"status\":504}");
    renew();
    assertThat(subscriptions()).hasSize(2);
    assertThat(only(outlook).state()).isEqualTo(WatchState.OPENING);
    List<String> unanswered = ids(subscriptions());

    clock.move(Duration.ofMinutes(11));
    JsonNode answer = renew();

    assertThat(answer.at("/strays/stopped").asInt()).as("%s", answer).isEqualTo(1);
    assertThat(only(outlook).state()).isEqualTo(WatchState.OPEN);
    assertThat(ids(subscriptions())).hasSize(2).isNotEqualTo(unanswered);
  }

  private static List<String> ids(List<JsonNode> subscriptions) {
    return subscriptions.stream().map(one -> one.path("id").asText()).sorted().toList();
  }

  /** A run dies after any of its writes; the next runs put everything right. */
  @Test
  void aRunMayDieAtAnyPoint() {
    int died = 0;
    for (int writes = 0; isKilledAfter(writes); writes++) {
      clock.move(Duration.ofMinutes(11));
      renew();
      clock.move(Duration.ofMinutes(11));
      renew();

      assertEachCalendarHasOneOpenWatch(writes);
      assertThat(channels()).as("died after %s writes", writes).hasSize(2);
      died++;
    }
    assertThat(died).isGreaterThan(15);
  }

  /** The same, while no notice of Google arrives, so that nothing shows what was opened. */
  @Test
  void aRunMayDieAtAnyPointWhileNoNoticeArrives() {
    int unknown = 0;
    for (int writes = 0; isKilledAfter(writes); writes++) {
      intake.answersOnlyHandshakes(503);
      clock.move(Duration.ofMinutes(11));
      renew();
      clock.move(Duration.ofMinutes(11));
      renew();

      assertEachCalendarHasOneOpenWatch(writes);
      assertThat(channels()).as("died after %s writes", writes).hasSizeBetween(2, 3);
      unknown += channels().size() - 2;
    }
    assertThat(unknown).as("a channel was opened and never recorded").isPositive();
  }

  /** Starts afresh, and lets the first run die after some writes; false if it came to its end. */
  private boolean isKilledAfter(int writes) {
    sandbox.graph().reset();
    sandbox.google().reset();
    table.clear();
    rows.dieAfter(writes);
    try {
      renew();
      return false;
    } catch (Killed killed) {
      return true;
    } finally {
      rows.dieAfter(Integer.MAX_VALUE);
    }
  }

  private void assertEachCalendarHasOneOpenWatch(int writes) {
    Set<String> known =
        allCalendars().stream()
            .flatMap(calendar -> watches.of(calendar.key()).stream())
            .flatMap(watch -> watch.external().stream())
            .collect(Collectors.toSet());
    assertThat(subscriptions())
        .as("died after %s writes", writes)
        .hasSize(2)
        .allSatisfy(one -> assertThat(known).contains(one.path("id").asText()));
    for (CalendarBinding calendar : allCalendars()) {
      List<Watch> all = watches.of(calendar.key());
      assertThat(all)
          .as("died after %s writes: %s", writes, all)
          .filteredOn(watch -> watch.state() == WatchState.OPEN)
          .hasSize(1);
      // The row of a channel of which nobody can say whether Google has it.
      assertThat(all)
          .filteredOn(watch -> watch.state() != WatchState.OPEN)
          .allSatisfy(watch -> assertThat(watch.external()).isEmpty())
          .hasSizeLessThan(2);
    }
  }
}
