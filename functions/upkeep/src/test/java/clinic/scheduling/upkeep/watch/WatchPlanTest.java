package clinic.scheduling.upkeep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.subscription.Watch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchPlanTest {
  private static final String BINDING = "google-0123456789ab";
  private static final URI HERE = URI.create("https://api.example.invalid/webhooks/google");
  private static final URI ELSEWHERE = URI.create("https://old.example.invalid/webhooks/google");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);

  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  private final CalendarWatches watches = new CalendarWatches(new MemoryRows(clock), clock);

  @Test
  void aCalendarWithoutAWatchGetsOne() {
    assertThat(subscription().open()).isTrue();
    assertThat(channel().open()).isTrue();
  }

  @Test
  void aCalendarThatIsNotMirroredGetsNone() {
    assertThat(unwanted().isEmpty()).isTrue();
  }

  @Test
  void anOpenWatchIsLeftAloneUntilItsTime() {
    open("a");
    clock.move(WEEK.minus(DAY).minusSeconds(1));

    assertThat(subscription().isEmpty()).isTrue();
    assertThat(channel().isEmpty()).isTrue();
  }

  @Test
  void aSubscriptionIsRenewedAndAChannelGetsASuccessor() {
    Watch old = open("a");
    clock.move(WEEK.minus(DAY));

    assertThat(subscription().renew()).map(Watch::id).contains(old.id());
    assertThat(subscription().open()).isFalse();
    assertThat(channel().renew()).isEmpty();
    assertThat(channel().open()).isTrue();
    assertThat(channel().close()).as("not before the successor is open").isEmpty();
  }

  @Test
  void theOldChannelIsClosedOnceItsSuccessorIsOpen() {
    Watch old = open("a");
    clock.move(WEEK.minus(DAY));
    open("b");

    assertThat(ids(channel().close())).containsExactly(old.id());
    assertThat(channel().open()).isFalse();
  }

  @Test
  void nobodyOpensASecondWatchBesideOneThatIsBeingOpened() {
    begin();

    assertThat(channel().isEmpty()).isTrue();
    assertThat(subscription().isEmpty()).isTrue();
  }

  @Test
  void aSubscriptionWhoseRunDiedIsForgottenAndOpenedAnew() {
    Watch dead = begin();
    clock.move(WatchPlan.LONGEST_OPENING);

    assertThat(ids(subscription().forget())).containsExactly(dead.id());
    assertThat(subscription().open()).isTrue();
  }

  @Test
  void aChannelWhoseRunDiedIsAdoptedOnceANoticeHasShownIt() {
    Watch dead = begin();
    clock.move(WatchPlan.LONGEST_OPENING);
    assertThat(channel().open()).as("not shown yet").isTrue();
    assertThat(channel().forget()).as("it may live").isEmpty();

    watches.heardOf(dead, "resource-1");

    assertThat(ids(channel().adopt())).containsExactly(dead.id());
    assertThat(channel().open()).isFalse();
  }

  @Test
  void aWatchWhoseStopFailedIsStoppedAgain() {
    Watch old = open("a");
    watches.closing(old);
    open("b");

    assertThat(ids(channel().close())).containsExactly(old.id());
  }

  @Test
  void aWatchThatHasEndedIsForgottenAndOpenedAnew() {
    Watch old = open("a");
    clock.move(WEEK);

    assertThat(ids(subscription().forget())).containsExactly(old.id());
    assertThat(subscription().open()).isTrue();
    assertThat(channel().open()).isTrue();
  }

  @Test
  void aSubscriptionThatGraphRemovedIsForgottenAndOpenedAnew() {
    Watch removed = open("a");
    watches.needsAttention(removed, "subscriptionRemoved");

    assertThat(ids(subscription().forget())).containsExactly(removed.id());
    assertThat(subscription().open()).isTrue();
  }

  @Test
  void aSubscriptionThatNeedsAuthorizationIsRenewedBeforeItsTime() {
    Watch paused = open("a");
    watches.needsAttention(paused, "reauthorizationRequired");

    assertThat(ids(subscription().renew().stream().toList())).containsExactly(paused.id());
    assertThat(subscription().open()).isFalse();
  }

  @Test
  void allWatchesOfACalendarThatHasLeftAreClosed() {
    Watch one = open("a");
    Watch other = open("b");
    watches.closing(other);

    assertThat(ids(unwanted().close())).containsExactlyInAnyOrder(one.id(), other.id());
    assertThat(unwanted().open()).isFalse();
  }

  @Test
  void ofTwoOpenWatchesTheOneThatEndsLastIsKept() {
    Watch longer = openUntil("a", clock.instant().plus(WEEK));
    Watch shorter = openUntil("b", clock.instant().plus(DAY));

    assertThat(ids(channel().close())).containsExactly(shorter.id());
    assertThat(ids(channel().close())).doesNotContain(longer.id());
  }

  @Test
  void aWatchThatCallsAnotherAddressIsStoppedOnceOneThatCallsOursIsOpen() {
    Watch old = open("a");

    for (boolean canRenew : List.of(true, false)) {
      WatchPlan before = plan(Optional.of(ELSEWHERE), canRenew);
      assertThat(before.open()).isTrue();
      assertThat(before.renew()).isEmpty();
      assertThat(before.close()).as("not before the successor is open").isEmpty();
    }

    Watch successor = begin(ELSEWHERE);
    watches.opened(successor, "b", clock.instant().plus(DAY), clock.instant().plus(DAY));

    for (boolean canRenew : List.of(true, false)) {
      assertThat(ids(plan(Optional.of(ELSEWHERE), canRenew).close())).containsExactly(old.id());
      assertThat(plan(Optional.of(ELSEWHERE), canRenew).open()).isFalse();
    }
  }

  @Test
  void aWatchThatIsBeingOpenedForAnotherAddressKeepsNobodyFromOpening() {
    begin();

    assertThat(plan(Optional.of(ELSEWHERE), true).open()).isTrue();
  }

  @Test
  void channelsThatNobodyHasSeenDoNotKeepAnotherOneFromBeingOpened() {
    Watch first = begin();
    for (int more = 1; more < CalendarWatches.MOST; more++) {
      clock.move(WatchPlan.LONGEST_OPENING);
      begin();
    }
    clock.move(WatchPlan.LONGEST_OPENING);

    assertThat(channel().open()).isTrue();
    assertThat(ids(channel().forget())).as("only the oldest").containsExactly(first.id());
  }

  private Watch begin() {
    return begin(HERE);
  }

  private Watch begin(URI callback) {
    return watches
        .begin(BINDING, "x@example.invalid", callback, clock.instant().plus(WEEK))
        .orElseThrow()
        .watch();
  }

  private Watch open(String external) {
    return openUntil(external, clock.instant().plus(WEEK));
  }

  private Watch openUntil(String external, Instant ends) {
    Watch watch = begin();
    watches.opened(watch, external, ends, ends.minus(DAY));
    return watch;
  }

  private WatchPlan subscription() {
    return plan(Optional.of(HERE), true);
  }

  private WatchPlan channel() {
    return plan(Optional.of(HERE), false);
  }

  private WatchPlan unwanted() {
    return plan(Optional.empty(), false);
  }

  private WatchPlan plan(Optional<URI> callback, boolean canRenew) {
    return WatchPlan.of(watches.of(BINDING), callback, canRenew, clock.instant());
  }

  private static List<String> ids(List<Watch> some) {
    return some.stream().map(Watch::id).toList();
  }
}
