package clinic.scheduling.core.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import clinic.scheduling.core.subscription.CalendarWatches.WatchedCalendar;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalendarWatchesTest {
  private static final String OUTLOOK = "outlook-0123456789ab";
  private static final String GOOGLE = "google-0123456789ab";
  private static final String ADDRESS = "x@example.invalid";
  private static final URI CALLBACK = URI.create("https://api.example.invalid/webhooks/google");
  private static final Duration WEEK = Duration.ofDays(7);

  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);
  private final CalendarWatches watches = new CalendarWatches(rows, clock);

  @Test
  void aWatchIsFoundByItsSecretAndByNothingElse() {
    NewWatch watch = begin(OUTLOOK);
    String state = watch.clientState().value();

    assertThat(watches.withClientState(state)).map(Watch::id).contains(watch.watch().id());
    assertThat(watches.withClientState(state + "x")).isEmpty();
    assertThat(watches.withClientState(state.substring(0, state.length() - 1))).isEmpty();
    assertThat(watches.withClientState(OUTLOOK + ".")).isEmpty();
    assertThat(watches.withClientState("x".repeat(100_000))).isEmpty();
    assertThat(watches.withChannel(watch.watch().channelId(), watch.secret().value())).isPresent();
    assertThat(watches.withChannel(watch.watch().channelId(), "x")).isEmpty();
  }

  @Test
  void noTwoWatchesHaveTheSameIdOrSecret() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < CalendarWatches.MOST; i++) {
      NewWatch watch = begin(GOOGLE);
      assertThat(seen.add(watch.watch().id())).isTrue();
      assertThat(seen.add(watch.secret().value())).isTrue();
    }
  }

  @Test
  void aCalendarHasAtMostSixWatches() {
    for (int i = 0; i < CalendarWatches.MOST; i++) {
      begin(GOOGLE);
    }

    assertThat(watches.begin(GOOGLE, ADDRESS, CALLBACK, clock.instant().plus(WEEK))).isEmpty();
    assertThat(watches.begin(OUTLOOK, ADDRESS, CALLBACK, clock.instant().plus(WEEK))).isPresent();
    watches.forget(watches.of(GOOGLE).get(0));
    assertThat(watches.begin(GOOGLE, ADDRESS, CALLBACK, clock.instant().plus(WEEK))).isPresent();
  }

  @Test
  void aRowOutlivesItsWatchByADay() {
    begin(GOOGLE);

    clock.move(WEEK.plus(Duration.ofHours(23)));
    assertThat(watches.of(GOOGLE)).hasSize(1);
    assertThat(watches.of(GOOGLE).get(0).isAliveAt(clock.instant())).isFalse();
    clock.move(Duration.ofHours(2));
    assertThat(watches.of(GOOGLE)).isEmpty();
  }

  @Test
  void whatWasForgottenIsNotWrittenAgain() {
    Watch watch = begin(GOOGLE).watch();
    watches.forget(watch);

    watches.opened(watch, "resource-1", clock.instant().plus(WEEK), clock.instant());
    watches.heardOf(watch, "resource-1");
    watches.closing(watch);
    watches.needsAttention(watch, "subscriptionRemoved");

    assertThat(watches.of(GOOGLE)).isEmpty();
  }

  @Test
  void theIdThatTheProviderAnsweredIsNotReplacedByANotice() {
    Watch watch = begin(GOOGLE).watch();
    watches.opened(watch, "resource-1", clock.instant().plus(WEEK), clock.instant());

    watches.heardOf(watch, "resource-2");

    assertThat(watches.of(GOOGLE).get(0).external()).contains("resource-1");
  }

  @Test
  void aCalendarIsListedUntilItIsTakenOff() {
    begin(GOOGLE);
    begin(GOOGLE);
    begin(OUTLOOK);
    assertThat(watches.calendars())
        .containsExactlyInAnyOrder(
            new WatchedCalendar(GOOGLE, ADDRESS), new WatchedCalendar(OUTLOOK, ADDRESS));

    watches.unlist(GOOGLE);

    assertThat(watches.calendars()).containsExactly(new WatchedCalendar(OUTLOOK, ADDRESS));
  }

  @Test
  void neitherTheTableNorATextFormShowsASecret() {
    NewWatch watch = begin(OUTLOOK);

    assertThat(rows.text()).doesNotContain(watch.secret().value());
    assertThat(watch.toString()).doesNotContain(watch.secret().value());
    assertThat(watch.clientState().toString()).isEqualTo("[secret]");
  }

  private NewWatch begin(String binding) {
    return watches.begin(binding, ADDRESS, CALLBACK, clock.instant().plus(WEEK)).orElseThrow();
  }
}
