package clinic.scheduling.core.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.ForgetfulRows;
import clinic.scheduling.core.ledger.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Only one owner at a time holds a given time. There is a subclass for each store. */
public abstract class HoldsContract {
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  protected final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final String practitioner = UUID.randomUUID().toString();

  protected abstract Rows rows();

  private Holds holds() {
    return new Holds(rows(), clock);
  }

  @Test
  void aSecondHoldOfTheSameTimeIsRefused() {
    assertThat(hold("bk-1", "16:00", "16:30")).isTrue();
    assertThat(hold("bk-2", "16:00", "16:30")).isFalse();
  }

  @Test
  void overlappingButUnequalTimesAreRefused() {
    hold("bk-1", "16:00", "16:30");

    assertThat(hold("bk-2", "16:29", "17:00")).isFalse();
    assertThat(hold("bk-3", "15:00", "18:00")).isFalse();
  }

  @Test
  void timesThatOnlyTouchAreBothHeld() {
    hold("bk-1", "16:00", "16:30");

    assertThat(hold("bk-2", "16:30", "17:00")).isTrue();
  }

  @Test
  void aFormAndABookingRefuseEachOtherButNotTheBookingOfThisForm() {
    Hold form = formHold("form-1", "16:00", "16:30");
    assertThat(holds().holdForForm(practitioner, form, others -> {})).contains(form);

    assertThat(holds().holdForForm(practitioner, formHold("form-2", "16:15", "16:45"), all -> {}))
        .isEmpty();
    assertThat(hold("bk-1", "16:00", "16:30")).isFalse();
    assertThat(besideForm("bk-2", "form-2")).isFalse();
    assertThat(besideForm("bk-3", "form-1")).isTrue();
    assertThat(besideForm("bk-4", "form-1")).isFalse();
    assertThat(holds().ofForm(practitioner, "form-1", form.time())).contains(form);
  }

  @Test
  void aRepeatForTheSameFormChangesNothing() {
    Hold form = formHold("form-1", "16:00", "16:30");
    holds().holdForForm(practitioner, form, others -> {});
    clock.move(Duration.ofMinutes(2));

    Hold again = formHold("form-1", "16:00", "16:30");

    assertThat(again).isNotEqualTo(form);
    assertThat(holds().holdForForm(practitioner, again, others -> {})).contains(form);
    assertThat(holds().taken(practitioner).holds()).containsExactly(form);
  }

  @Test
  void aFormsHoldIsExtendedUntilItsLastExtensionAndNotAfterItHasEnded() {
    Hold form = formHold("form-1", "16:00", "16:30");
    holds().holdForForm(practitioner, form, others -> {});
    Instant later = form.until().plusSeconds(60);

    assertThat(extend(form, later).map(Hold::until)).contains(later);
    assertThat(extend(form, form.until()).map(Hold::until)).contains(later);
    assertThat(holds().taken(practitioner).times()).containsExactly(form.time());

    clock.set(later);
    assertThat(extend(form, later.plusSeconds(60))).isEmpty();
    assertThat(hold("bk-1", "16:00", "16:30")).isTrue();
    assertThat(extend(form, later.plusSeconds(60))).isEmpty();
  }

  @Test
  void theRuleForFormsSeesTheFormsOfTheDayAndRefusesByThrowing() {
    Hold first = formHold("form-1", "16:00", "16:30");
    Hold second = formHold("form-2", "17:00", "17:30");
    holds().holdForForm(practitioner, first, others -> {});
    hold("bk-1", "18:00", "18:30");
    List<Hold> seen = new ArrayList<>();

    assertThatThrownBy(
            () ->
                holds()
                    .holdForForm(
                        practitioner,
                        second,
                        others -> {
                          seen.addAll(others);
                          throw new IllegalStateException("too many");
                        }))
        .hasMessage("too many");

    assertThat(seen).containsExactly(first);
    assertThat(hold("bk-2", "17:00", "17:30")).isTrue();
  }

  private Hold formHold(String owner, String start, String end) {
    return Hold.ofForm(
        owner,
        at(start, end),
        clock.instant().plus(FIVE_MINUTES),
        clock.instant().plus(FIVE_MINUTES.multipliedBy(10)));
  }

  private Optional<Hold> extend(Hold form, Instant until) {
    return holds().extend(practitioner, form.owner(), form.time(), until);
  }

  private boolean besideForm(String owner, String form) {
    return holds()
        .holdBeside(List.of(form), practitioner, owner, at("16:00", "16:30"), FIVE_MINUTES);
  }

  @Test
  void theOwnerIsNeverRefusedByItsOwnHold() {
    hold("bk-1", "16:00", "16:30");

    assertThat(hold("bk-1", "16:00", "16:30")).isTrue();
  }

  @Test
  void aHoldOfMoreThanADayOutlastsLaterWritesToItsDay() {
    clock.move(Duration.ofMillis(500));
    Interval early =
        new Interval(Instant.parse("2026-11-25T16:00:00Z"), Instant.parse("2026-11-25T16:30:00Z"));
    Interval late =
        new Interval(Instant.parse("2026-11-25T17:00:00Z"), Instant.parse("2026-11-25T17:30:00Z"));
    Duration length = Duration.ofMinutes(1441);
    assertThat(holds().hold(practitioner, "bk-1", early, length, "appointment-1")).isTrue();
    assertThat(holds().hold(practitioner, "bk-2", late, FIVE_MINUTES)).isTrue();
    holds().release(practitioner, "bk-2", late);

    clock.move(length.minusMillis(1));

    assertThat(holds().hold(practitioner, "bk-3", early, FIVE_MINUTES)).isFalse();
    clock.move(Duration.ofMillis(1));
    assertThat(holds().hold(practitioner, "bk-3", early, FIVE_MINUTES)).isTrue();
  }

  @Test
  void manyPractitionersAreReadAtOnceForAWindow() {
    hold("bk-1", "16:00", "16:30");
    Interval day =
        new Interval(Instant.parse("2026-11-24T00:00:00Z"), Instant.parse("2026-11-25T00:00:00Z"));
    List<String> all = new ArrayList<>(List.of(practitioner));
    for (int i = 0; i < 120; i++) {
      all.add(UUID.randomUUID().toString());
    }

    Map<String, HeldTimes> taken = holds().taken(all, day);

    assertThat(taken).hasSize(121);
    assertThat(taken.get(practitioner).times())
        .isEqualTo(holds().taken(practitioner).times())
        .hasSize(1);
    assertThat(taken.get(all.get(1)).times()).isEmpty();
    String before = taken.get(practitioner).stamp();
    holds().invalidate(practitioner);
    assertThat(holds().taken(all, day).get(practitioner).stamp()).isNotEqualTo(before);
    Interval later =
        new Interval(Instant.parse("2026-11-25T00:00:00Z"), Instant.parse("2026-11-26T00:00:00Z"));
    assertThat(holds().taken(all, later).get(practitioner).times()).isEmpty();
  }

  @Test
  void anExpiredHoldRefusesNobody() {
    hold("bk-1", "16:00", "16:30");
    clock.move(FIVE_MINUTES);

    assertThat(hold("bk-2", "16:00", "16:30")).isTrue();
  }

  @Test
  void aReleasedTimeIsFreeAtOnce() {
    hold("bk-1", "16:00", "16:30");
    holds().release(practitioner, "bk-1", at("16:00", "16:30"));

    assertThat(hold("bk-2", "16:00", "16:30")).isTrue();
  }

  @Test
  void givingATimeBackLeavesAnotherTimeOfTheSameOwnerHeld() {
    hold("bk-1", "18:00", "18:30");
    holds().release(practitioner, "bk-1", at("16:00", "16:30"));

    assertThat(hold("bk-2", "18:00", "18:30")).isFalse();
  }

  @Test
  void aTimeOverMidnightIsGivenBackWhereNothingHasTakenItsPlace() {
    Interval overnight =
        new Interval(Instant.parse("2026-11-23T23:45:00Z"), Instant.parse("2026-11-24T00:15:00Z"));
    holds().hold(practitioner, "bk-1", overnight, FIVE_MINUTES);
    hold("bk-1", "18:00", "18:30");
    holds().release(practitioner, "bk-1", overnight);

    assertThat(holds().taken(practitioner).times()).containsExactly(at("18:00", "18:30"));
  }

  @Test
  void aHoldIsGivenBackAsItWasSeen() {
    booked("bk-1", "a");
    holds().release(practitioner, seen());

    assertThat(holds().taken(practitioner).holds()).isEmpty();
    assertThat(hold("bk-2", "16:00", "16:30")).isTrue();
  }

  @Test
  void aHoldThatItsOwnerHasTakenAnewSinceStays() {
    booked("bk-1", "a");
    Hold seen = seen();
    clock.move(Duration.ofSeconds(1));
    booked("bk-1", "a");
    holds().release(practitioner, seen);
    boolean renewed = hold("bk-2", "16:00", "16:30");
    hold("bk-1", "16:00", "16:30");
    holds().release(practitioner, seen);

    assertThat(renewed).isFalse();
    assertThat(hold("bk-2", "16:00", "16:30")).as("a move back is under way").isFalse();
  }

  @Test
  void aHoldOfANewerHolderStays() {
    booked("bk-1", "a");
    Hold seen = seen();
    holds().release(practitioner, seen);
    booked("bk-2", "b");
    holds().release(practitioner, seen);

    assertThat(seen().owner()).isEqualTo("bk-2");
  }

  @Test
  void aHoldOverMidnightIsGivenBackOnBothDays() {
    Interval overnight =
        new Interval(Instant.parse("2026-11-24T23:45:00Z"), Instant.parse("2026-11-25T00:15:00Z"));
    holds().hold(practitioner, "bk-1", overnight, FIVE_MINUTES, "a");
    holds().release(practitioner, seen());

    assertThat(holds().taken(practitioner).holds()).isEmpty();
  }

  @Test
  void whatStandsInTheWayIsWhatOthersHold() {
    booked("bk-1", "a");
    hold("bk-2", "16:30", "17:00");
    hold("bk-3", "18:00", "18:30");

    assertThat(holds().conflicting(practitioner, "bk-9", at("16:15", "16:45")))
        .extracting(Hold::owner)
        .containsExactlyInAnyOrder("bk-1", "bk-2");
    assertThat(holds().conflicting(practitioner, "bk-1", at("16:00", "16:30"))).isEmpty();
    clock.move(FIVE_MINUTES);
    assertThat(holds().conflicting(practitioner, "bk-9", at("16:15", "16:45"))).isEmpty();
  }

  @Test
  void aHoldSaysWhatIsBookedThereSinceWhen() {
    hold("bk-1", "16:00", "16:30");
    assertThat(seen().booked()).isEmpty();

    booked("bk-1", "a");

    assertThat(seen().booked()).contains(new Hold.Booked("a", clock.instant(), false));

    holds().holdCreated(practitioner, "bk-1", at("16:00", "16:30"), FIVE_MINUTES, "a");

    assertThat(seen().booked()).contains(new Hold.Booked("a", clock.instant(), true));
    holds().release(practitioner, seen());
    assertThat(holds().taken(practitioner).holds()).isEmpty();
  }

  @Test
  void aVisitOverMidnightIsHeldOnBothDays() {
    Interval overnight =
        new Interval(Instant.parse("2026-11-24T23:45:00Z"), Instant.parse("2026-11-25T00:15:00Z"));
    assertThat(holds().hold(practitioner, "bk-1", overnight, FIVE_MINUTES)).isTrue();

    Interval after =
        new Interval(Instant.parse("2026-11-25T00:00:00Z"), Instant.parse("2026-11-25T00:30:00Z"));
    assertThat(holds().hold(practitioner, "bk-2", after, FIVE_MINUTES)).isFalse();
    assertThat(holds().taken(practitioner).times()).containsExactly(overnight);
  }

  @Test
  void ofManyCallersOneGetsTheTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(24);
    List<Future<Boolean>> results = new ArrayList<>();
    for (int caller = 0; caller < 24; caller++) {
      String owner = "bk-" + caller;
      results.add(threads.submit(() -> hold(owner, "16:00", "16:30")));
    }
    int won = 0;
    for (Future<Boolean> result : results) {
      won += result.get() ? 1 : 0;
    }
    threads.shutdownNow();

    assertThat(won).isEqualTo(1);
  }

  @Test
  void whoReadTheDayBeforeItWasForgottenDoesNotGetATimeThatIsHeldSince() {
    hold("bk-0", "12:00", "12:30");
    ForgetfulRows slow = new ForgetfulRows(rows());
    slow.beforeWrite(
        () -> {
          clock.move(Duration.ofDays(1));
          hold("bk-1", "16:00", "16:30");
        });

    boolean late =
        new Holds(slow, clock).hold(practitioner, "bk-2", at("16:00", "16:30"), Duration.ofDays(2));

    assertThat(late).isFalse();
    assertThat(hold("bk-1", "16:00", "16:30")).isTrue();
  }

  @Test
  void theStampIsTheSameWhileNothingChanges() {
    hold("bk-1", "16:00", "16:30");
    String stamp = stamp();

    hold("bk-2", "16:00", "16:30");
    holds().release(practitioner, "bk-3", at("16:00", "16:30"));

    assertThat(stamp()).as("a refusal and an empty release are no changes").isEqualTo(stamp);
  }

  @Test
  void theStampChangesWithEveryHold() {
    String before = stamp();
    hold("bk-1", "16:00", "16:30");
    String made = stamp();
    hold("bk-1", "16:00", "16:30");
    String renewed = stamp();
    holds().release(practitioner, "bk-1", at("16:00", "16:30"));
    String released = stamp();

    assertThat(List.of(before, made, renewed, released)).doesNotHaveDuplicates();
  }

  @Test
  void theStampChangesWheneverACalendarHasChanged() {
    String before = stamp();
    holds().invalidate(practitioner);
    String once = stamp();
    holds().invalidate(practitioner);

    assertThat(List.of(before, once, stamp())).doesNotHaveDuplicates();
  }

  @Test
  void aStampThatWasForgottenDoesNotComeBack() {
    holds().invalidate(practitioner);
    String before = stamp();
    clock.move(Duration.ofDays(1));
    holds().invalidate(practitioner);

    assertThat(stamp()).isNotEqualTo(before);
  }

  @Test
  void aChangedCalendarDisturbsNoHold() {
    hold("bk-1", "16:00", "16:30");
    holds().invalidate(practitioner);

    assertThat(holds().taken(practitioner).times()).containsExactly(at("16:00", "16:30"));
    assertThat(hold("bk-2", "16:00", "16:30")).isFalse();
    assertThat(hold("bk-1", "16:00", "16:30")).isTrue();
    assertThat(hold("bk-2", "17:00", "17:30")).isTrue();
  }

  @Test
  void anotherPractitionersStampStays() {
    String other = UUID.randomUUID().toString();
    holds().invalidate(other);
    String stamp = holds().taken(other).stamp();

    holds().invalidate(practitioner);
    hold("bk-1", "16:00", "16:30");

    assertThat(holds().taken(other).stamp()).isEqualTo(stamp);
  }

  @Test
  void changesAtTheSameTimeAreNotLost() throws Exception {
    holds().invalidate(practitioner);
    String before = stamp();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> results = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      results.add(threads.submit(() -> holds().invalidate(practitioner)));
    }
    for (Future<?> result : results) {
      result.get();
    }
    threads.shutdownNow();

    assertThat(stamp()).isNotEqualTo(before);
  }

  private String stamp() {
    return holds().taken(practitioner).stamp();
  }

  private void booked(String owner, String appointment) {
    holds().hold(practitioner, owner, at("16:00", "16:30"), FIVE_MINUTES, appointment);
  }

  private Hold seen() {
    List<Hold> all = holds().taken(practitioner).holds();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private boolean hold(String owner, String from, String to) {
    return holds().hold(practitioner, owner, at(from, to), FIVE_MINUTES);
  }

  private static Interval at(String from, String to) {
    return new Interval(
        Instant.parse("2026-11-24T" + from + ":00Z"), Instant.parse("2026-11-24T" + to + ":00Z"));
  }
}
