package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.HoldBook.Held;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.booking.request.HoldLimits;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever somebody does with holds, a schedule stays bookable for everybody else. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class FairHoldsTest extends BookingCase {
  private static final int HALF_HOURS = 14;

  /** Canvas offers 14 half hours of the day, and two of the evening before are on its UTC day. */
  private static final int MOST_PER_DAY = 16 / HoldLimits.PARTS_OF_FREE_TIME;

  @Inject Offers offers;
  @Inject SignedTokens tokens;

  @BeforeEach
  void now() {
    straight.open(sandbox);
    clock.set(Instant.parse("2026-12-14T12:00:00Z")); // a Monday without holidays near it
  }

  @Test
  void formsHoldAThirdOfADayAtMostAndTheRestIsBooked() {
    List<Integer> refused = new ArrayList<>();
    for (int halfHour = 0; halfHour < HALF_HOURS; halfHour++) {
      Answer answer = calls.from("192.0.2." + halfHour).hold(slot(0, halfHour));
      if (answer.status() != 201) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsKey("Retry-After");
        refused.add(halfHour);
      }
    }

    assertThat(HALF_HOURS - refused.size()).isBetween(1, MOST_PER_DAY);
    assertThat(refused)
        .allSatisfy(
            halfHour ->
                assertThat(calls.book(Desk.key(), desk.body(slot(0, halfHour))).status())
                    .isEqualTo(201));
  }

  @Test
  void anAddressHoldsNoMoreThanItsNumberAtOnce() {
    HoldLimits limits = limits(2);
    Instant until = clock.instant().plusSeconds(300);
    limits.count("192.0.2.1", "form-1", until);
    limits.count("192.0.2.1", "form-1", until);
    limits.count("192.0.2.1", "form-2", until);

    assertTooMany(() -> limits.count("192.0.2.1", "form-3", until));

    assertThatCode(() -> limits.count("192.0.2.2", "form-3", until)).doesNotThrowAnyException();
    limits.countExtended("192.0.2.1", "form-2", until.plusSeconds(60));
    limits.uncount("192.0.2.1", "form-1");
    assertThatCode(() -> limits.count("192.0.2.1", "form-4", until)).doesNotThrowAnyException();
    clock.set(until);
    assertThatCode(() -> limits.count("192.0.2.1", "form-5", until.plusSeconds(60)))
        .doesNotThrowAnyException();
    assertTooMany(() -> limits.count("192.0.2.1", "form-6", until.plusSeconds(60)));
  }

  @Test
  void oneTimeIsHeldTenTimesADayAtMostAndThenBookedWithoutAHold() {
    String slot = slot(0, 3);
    for (int i = 0; i < HoldLimits.HOLDS_PER_TIME_AND_DAY; i++) {
      Answer hold = calls.from("192.0.2." + i).hold(slot);
      assertThat(hold.status()).isEqualTo(201);
      calls.release(hold.body().path("hold").asText());
    }

    Answer oneMore = calls.from("192.0.2.99").hold(slot);

    assertThat(oneMore.status()).isEqualTo(429);
    assertThat(calls.book(Desk.key(), desk.body(slot)).status()).isEqualTo(201);
  }

  @Test
  void theTableHoldsNoAddress() {
    calls.from("192.0.2.77").hold(slot(0, 3));

    assertThat(rows.text()).contains("limit#", "hold#").doesNotContain("192.0.2.77");
  }

  @Test
  void noAttackerWithManyAddressesEmptiesASchedule() {
    long seed = Long.getLong("holds.seed", System.nanoTime());
    Random random = new Random(seed);
    Attack attack = new Attack(random);
    for (int step = 0; step < 600; step++) {
      attack.step();
      assertEachDayIsBookable("seed " + seed + ", step " + step);
    }

    assertThat(attack.answers)
        .as("seed " + seed)
        .containsKeys("held", "429", "200", "hold-expired");
    for (int day = 0; day < Attack.DAYS; day++) {
      String where = "seed " + seed + ", day " + day;
      assertThat(bookSomeTimeOf(day, random)).as(where).isPresent();
    }
  }

  /** One attacker, who has any number of addresses and nothing else to do. */
  private final class Attack {
    static final int DAYS = 4;
    private final Random random;
    private final List<String> tokensOfHolds = new ArrayList<>();
    private final Map<String, Integer> answers = new HashMap<>();

    Attack(Random random) {
      this.random = random;
    }

    void step() {
      calls.from("198.51.100." + random.nextInt(250));
      int what = random.nextInt(10);
      if (what < 6 || tokensOfHolds.isEmpty()) {
        Answer answer = calls.hold(slot(random.nextInt(DAYS), random.nextInt(HALF_HOURS)));
        count(answer.status() == 201 ? "held" : String.valueOf(answer.status()));
        Optional.of(answer.body().path("hold").asText())
            .filter(hold -> !hold.isEmpty())
            .ifPresent(tokensOfHolds::add);
      } else if (what < 8) {
        Answer answer = calls.extend(tokensOfHolds.get(random.nextInt(tokensOfHolds.size())));
        count(answer.status() == 200 ? "200" : answer.type());
      } else if (what < 9) {
        calls.release(tokensOfHolds.get(random.nextInt(tokensOfHolds.size())));
      } else {
        clock.move(Duration.ofSeconds(random.nextInt(200)));
      }
    }

    private void count(String answer) {
      answers.merge(answer, 1, Integer::sum);
    }
  }

  private void assertEachDayIsBookable(String where) {
    Map<LocalDate, Long> perDay =
        HoldBook.at(clock.instant(), rows).stream()
            .collect(
                Collectors.groupingBy(
                    held -> LocalDate.ofInstant(held.time().start(), ZoneOffset.UTC),
                    Collectors.counting()));

    assertThat(perDay.values()).as(where).allMatch(count -> count <= MOST_PER_DAY);
  }

  private Optional<Answer> bookSomeTimeOf(int day, Random random) {
    List<Instant> held =
        HoldBook.at(clock.instant(), rows).stream().map(Held::time).map(it -> it.start()).toList();
    return random
        .ints(0, HALF_HOURS)
        .limit(100)
        .mapToObj(halfHour -> offers.office(day, halfHour))
        .filter(offer -> !held.contains(offer.start()))
        .findFirst()
        .map(offer -> calls.book(Desk.key(), desk.body(offers.slot(offer))))
        .filter(answer -> answer.status() == 201);
  }

  private String slot(int day, int halfHour) {
    Offer offer = offers.office(day, halfHour);
    return offers.slot(offer);
  }

  private HoldLimits limits(int atOnce) {
    Practice.Limits limits = new Practice.Limits(99, 99, 99, 99, 99, 99, atOnce);
    return new HoldLimits(Practices.with(limits), rows, clock, tokens);
  }

  private static void assertTooMany(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type().status()).isEqualTo(429));
  }
}
