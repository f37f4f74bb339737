package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.HoldBook.Held;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.core.hold.Holds;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A time that a form holds belongs to that form until the hold ends, and to nobody afterwards. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class FormHoldTest extends BookingCase {
  private static final Duration LENGTH = Duration.ofMinutes(5);
  private static final Duration PAST_EVERY_LEASE = Duration.ofSeconds(65);

  @Inject Offers offers;
  @Inject Holds holds;
  @Inject Mortality life;
  private Offer wanted;
  private String slot;

  @BeforeEach
  void oneTime() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    wanted = offers.office(0, 3);
    slot = offers.slot(wanted);
  }

  @Test
  void nobodyElseHoldsOrBooksATimeThatAFormHolds() {
    Answer mine = calls.hold(slot);

    Answer held = calls.hold(slot);
    Answer booked = book(desk.body(slot));

    assertThat(mine.status()).isEqualTo(201);
    assertThat(at(mine, "expiresAt")).isEqualTo(clock.instant().plus(LENGTH));
    assertThat(held.type()).isEqualTo("slot-taken");
    assertThat(held.body().path("nearest")).isNotEmpty();
    assertThat(booked.type()).isEqualTo("slot-taken");
    assertThat(holds.taken(Desk.INGRID).times()).containsExactly(wanted.time());
  }

  @Test
  void theFormBooksItsTimeAndItsHoldEnds() {
    String hold = token(calls.hold(slot));

    Answer booked = book(Desk.with(hold, desk.body(slot)));

    assertThat(booked.status()).isEqualTo(201);
    assertThat(held()).hasSize(1);
    assertThat(held().get(0).owner()).startsWith("bk-");
    assertThat(held().get(0).until()).isAfter(clock.instant().plus(Duration.ofMinutes(15)));
    assertThat(calls.extend(hold).type()).isEqualTo("hold-expired");
  }

  @Test
  void aBookingThatIsRefusedLeavesTheTimeToTheForm() {
    Offer video = offers.video(Desk.INGRID, 0, 3);
    String videoSlot = offers.slot(video);
    String hold = token(calls.hold(videoSlot));
    Answer refused = book(Desk.with(hold, desk.body(videoSlot, "Elsewhere", "NY")));

    Answer others = book(desk.body(videoSlot));
    Answer corrected = book(Desk.with(hold, desk.body(videoSlot, "Elsewhere", "CA")));

    assertThat(refused.type()).isEqualTo("not-licensed");
    assertThat(others.type()).isEqualTo("slot-taken");
    assertThat(corrected.status()).isEqualTo(201);
  }

  @Test
  void aHoldThatHasEndedIsNoObstacleAndNoRight() {
    String hold = token(calls.hold(slot));
    clock.move(LENGTH);
    Offer other = offers.office(0, 5);
    String otherHold = token(calls.hold(offers.slot(other)));
    clock.move(LENGTH);

    Answer free = book(Desk.with(hold, desk.body(slot)));
    Answer somebody = book(desk.body(offers.slot(other)));
    Answer late = book(Desk.with(otherHold, desk.body(offers.slot(other))));

    assertThat(free.status()).isEqualTo(201);
    assertThat(somebody.status()).isEqualTo(201);
    assertThat(late.type()).isEqualTo("slot-taken");
    assertThat(calls.extend(hold).type()).isEqualTo("hold-expired");
  }

  @Test
  void aHoldIsExtendedTenTimesEvenIfEachTimeIsTheLastMoment() {
    Answer first = calls.hold(slot);
    Instant last = at(first, "lastExtensionAt");
    for (int i = 0; i < 10; i++) {
      clock.move(LENGTH.minusSeconds(1));
      Answer extended = calls.extend(token(first));
      assertThat(extended.status()).isEqualTo(200);
      assertThat(at(extended, "expiresAt")).isEqualTo(clock.instant().plus(LENGTH));
      assertThat(at(extended, "lastExtensionAt")).isEqualTo(last);
      assertThat(token(extended)).isEqualTo(token(first));
    }
    clock.move(LENGTH.minusSeconds(1));

    Answer beyond = calls.extend(token(first));

    assertThat(clock.instant()).isAfter(last);
    assertThat(beyond.status()).isEqualTo(200);
    assertThat(at(beyond, "expiresAt")).isEqualTo(clock.instant().plusSeconds(1));
    clock.move(Duration.ofSeconds(1));
    assertThat(calls.extend(token(first)).type()).isEqualTo("hold-expired");
    assertThat(held()).isEmpty();
  }

  @Test
  void noExtensionReachesBeyondTheTimeByWhichTheVisitHasToBeBooked() {
    Duration notice = Duration.ofMinutes(60);
    clock.set(wanted.start().minus(notice).minus(LENGTH));
    slot = offers.slot(wanted);

    Answer hold = calls.hold(slot);

    assertThat(at(hold, "lastExtensionAt")).isEqualTo(wanted.start().minus(notice));
  }

  @Test
  void aTimeThatIsHeldIsBookedThoughItWasOfferedLongAgo() {
    String hold = token(calls.hold(slot));
    for (int i = 0; i < 4; i++) {
      clock.move(LENGTH.minusSeconds(1));
      calls.extend(hold);
    }

    Answer without = book(desk.body(slot));
    Answer with = book(Desk.with(hold, desk.body(slot)));

    assertThat(without.type()).isEqualTo("slot-expired");
    assertThat(with.status()).isEqualTo(201);
  }

  @Test
  void anEmptyHoldCountsAsNone() {
    assertThat(book(Desk.with("", desk.body(slot))).status()).isEqualTo(201);
  }

  @Test
  void aReleasedTimeIsFreeAtOnce() {
    String hold = token(calls.hold(slot));

    Answer released = calls.release(hold);
    Answer again = calls.release(hold);

    assertThat(released.status()).isEqualTo(204);
    assertThat(again.status()).isEqualTo(204);
    assertThat(calls.extend(hold).type()).isEqualTo("hold-expired");
    assertThat(book(desk.body(slot)).status()).isEqualTo(201);
  }

  @Test
  void onlyATokenOfOursIsAHold() {
    String hold = token(calls.hold(slot));
    String changed = hold.substring(0, hold.length() - 2) + "AA";
    String otherTime = offers.slot(offers.office(0, 6));
    String otherClinician = offers.slot(offers.video(Offers.OMAR, 0, 3));

    List<Answer> refused =
        List.of(
            calls.extend(changed),
            calls.release(changed),
            calls.extend(slot),
            book(Desk.with(changed, desk.body(slot))),
            book(Desk.with(slot, desk.body(slot))),
            book(Desk.with(hold, desk.body(otherTime))),
            book(Desk.with(hold, desk.body(otherClinician))));

    assertThat(refused)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(400);
              assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("hold");
            });
    assertThat(calls.hold(hold).type()).isEqualTo("invalid-slot");
    assertThat(calls.extend(hold).status()).isEqualTo(200);
  }

  @Test
  void aRepeatWithTheSameKeyGetsTheSameHoldAndNoMoreTime() {
    Answer first = calls.hold("form-key", slot);
    clock.move(Duration.ofMinutes(2));

    Answer repeat = calls.hold("form-key", slot);

    assertThat(repeat.status()).isEqualTo(201);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(held()).hasSize(1);
  }

  @Test
  void aRepeatGetsTheSameHoldThoughTheSlotHasExpired() {
    Answer first = calls.hold("form-key", slot);
    for (int i = 0; i < 4; i++) {
      clock.move(LENGTH.minusSeconds(1));
      calls.extend(token(first));
    }

    Answer repeat = calls.hold("form-key", slot);
    Answer another = calls.hold("another-key", slot);

    assertThat(repeat.status()).isEqualTo(201);
    assertThat(token(repeat)).isEqualTo(token(first));
    assertThat(another.type()).isEqualTo("slot-expired");
  }

  @Test
  void aTimeThatCanvasNoLongerOffersIsNotHeld() {
    book(desk.body(slot));
    rows.clear();

    Answer answer = calls.hold(slot);

    assertThat(answer.type()).isEqualTo("slot-taken");
    assertThat(held()).isEmpty();
    assertThat(calls.hold(desk.expired(wanted.start())).type()).isEqualTo("slot-expired");
  }

  @Test
  void ofManyWhoWantOneTimeAtOnceOneGetsIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Answer>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> calls.hold(slot)));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Answer> one : all) {
        statuses.add(one.get().status());
      }

      assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
      assertThat(held()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whileTheFormBooksThereIsNoMomentForAnybodyElse() {
    String hold = token(calls.hold(slot));
    Holds rival = new Holds(rows, clock);
    AtomicInteger tries = new AtomicInteger();
    AtomicInteger got = new AtomicInteger();
    table.beforeEach(
        what -> {
          tries.incrementAndGet();
          got.addAndGet(rival.hold(Desk.INGRID, "bk-rival", wanted.time(), LENGTH) ? 1 : 0);
        });

    Answer booked = book(Desk.with(hold, desk.body(slot)));

    assertThat(booked.status()).isEqualTo(201);
    assertThat(tries.get()).isGreaterThan(10);
    assertThat(got.get()).isZero();
  }

  @Test
  void twoBookingsWithOneHoldAreOneBooking() {
    String hold = token(calls.hold(slot));
    Answer first = book(Desk.with(hold, desk.body(slot)));

    Answer second = book(Desk.with(hold, desk.body(slot)));

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.type()).isEqualTo("slot-taken");
    assertThat(standingAt(wanted.start())).hasSize(1);
  }

  @Test
  void aHoldWhoseProcessDiesIsTakenByTheRepeat() {
    int deaths = 0;
    for (int step = 1; ; step++) {
      rows.clear();
      life.live();
      life.dieAt(step);
      boolean died = false;
      try {
        calls.hold("dying", slot);
      } catch (Mortality.Death e) {
        died = true;
        deaths++;
      }
      life.live();
      clock.move(PAST_EVERY_LEASE);
      assertThat(calls.hold("dying", slot).status()).as("killed at step %d", step).isEqualTo(201);
      assertThat(held()).hasSize(1);
      clock.move(PAST_EVERY_LEASE.negated());
      if (!died) {
        break;
      }
    }
    assertThat(deaths).isGreaterThanOrEqualTo(6);
  }

  @Test
  void whatTheTableDoesNotSayIsNotHeld() {
    table.refuses(LocalDate.ofInstant(wanted.start(), ZoneOffset.UTC).toString());

    Answer answer = calls.hold(slot);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("Retry-After");
    table.calm();
    assertThat(held()).isEmpty();
    assertThat(calls.hold(slot).status()).isEqualTo(201);
  }

  private Answer book(String body) {
    return calls.book(Desk.key(), body);
  }

  private List<Held> held() {
    return HoldBook.at(clock.instant(), rows);
  }

  private static String token(Answer answer) {
    return answer.body().path("hold").asText();
  }

  private static Instant at(Answer answer, String field) {
    return Instant.parse(answer.body().path(field).asText());
  }
}
