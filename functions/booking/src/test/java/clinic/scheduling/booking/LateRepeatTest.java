package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.sandbox.canvas.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A process dies after its work and before its answer, staff double-book the time on purpose, and
 * hours later the request is repeated. The visit was already recorded as kept, so the repeat
 * neither cancels it nor moves it back.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class LateRepeatTest extends BookingCase {
  private static final int MOST_STEPS = 100;
  private static final String KEY = "late-repeat";

  @Inject Offers offers;
  @Inject Mortality life;

  @AfterEach
  void live() {
    life.live();
    world();
  }

  @Test
  void aBookingThatWasAnnouncedStays() {
    int announced = 0;
    for (int step = 1; step < MOST_STEPS; step++) {
      world();
      Offer wanted = offers.office(0, 3);
      String body = desk.body(offers.slot(wanted), "Latecomer", "CA");
      if (!dies(step, () -> calls.book(KEY, body))) {
        break;
      }
      boolean wasAnnounced = !changes.sent().isEmpty();
      announced += wasAnnounced ? 1 : 0;
      staffBook(wanted);
      clock.move(Duration.ofHours(3));

      Answer repeat = calls.book(KEY, body);

      if (wasAnnounced) {
        assertThat(repeat.status()).as("step " + step).isEqualTo(201);
        assertThat(canvas().line(repeat.id()).isLive()).as("step " + step).isTrue();
      }
    }
    assertThat(announced).isPositive();
  }

  @Test
  void aMoveThatWasAnnouncedStays() {
    int announced = 0;
    for (int step = 1; step < MOST_STEPS; step++) {
      world();
      Offer wanted = offers.office(0, 9);
      Answer booked = book(offers.office(0, 3));
      String slot = offers.slot(wanted);
      changes.clear();
      if (!dies(step, () -> calls.move(booked.id(), booked.token(), KEY, slot))) {
        break;
      }
      boolean wasAnnounced = !changes.sent().isEmpty();
      announced += wasAnnounced ? 1 : 0;
      staffBook(wanted);
      clock.move(Duration.ofHours(3));

      Answer repeat = calls.move(booked.id(), booked.token(), KEY, slot);

      if (wasAnnounced) {
        assertThat(repeat.status()).as("step " + step).isEqualTo(200);
        assertThat(canvas().line(booked.id()).time()).isEqualTo(wanted.time());
      }
    }
    assertThat(announced).isPositive();
  }

  @Test
  void aBookingThatStaffCancelledAfterItWasAnnouncedIsNotBookedAgain() {
    Offer wanted = offers.office(0, 3);
    world();
    String body = desk.body(offers.slot(wanted), "Latecomer", "CA");
    diesAfterAnnouncing(() -> calls.book(KEY, body));
    String id = String.valueOf(standingAt(wanted.start()).get(0).id());
    sandbox.canvas().frontDesk().cancel(id);
    clock.move(Duration.ofHours(3));

    Answer repeat = calls.book(KEY, body);

    assertThat(repeat.status()).isEqualTo(201);
    assertThat(repeat.id()).isEqualTo(id);
    assertThat(standingAt(wanted.start())).isEmpty();
    assertThat(HoldBook.at(clock.instant(), rows)).isEmpty();
  }

  @Test
  void aMoveThatStaffHaveUndoneAfterItWasAnnouncedIsNotMadeAgain() {
    world();
    Offer wanted = offers.office(0, 9);
    Offer theirs = offers.office(1, 2);
    Answer booked = book(offers.office(0, 3));
    String slot = offers.slot(wanted);
    changes.clear();
    diesAfterAnnouncing(() -> calls.move(booked.id(), booked.token(), KEY, slot));
    sandbox
        .canvas()
        .frontDesk()
        .reschedule(booked.id(), theirs.start(), Optional.empty(), Optional.empty());
    clock.move(Duration.ofHours(3));

    Answer repeat = calls.move(booked.id(), booked.token(), KEY, slot);

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(canvas().line(booked.id()).time()).isEqualTo(theirs.time());
    assertThat(HoldBook.at(clock.instant(), rows)).isEmpty();
  }

  private Answer book(Offer offer) {
    Answer booked = calls.book(Desk.key(), desk.body(offers.slot(offer), "Latecomer", "CA"));
    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    return booked;
  }

  private void staffBook(Offer offer) {
    String elsewhere = offers.slot(offers.office(3, 4));
    Answer walkIn = calls.book(Desk.key(), desk.body(elsewhere, "Walkin", "CA"));
    String patient = canvas().current(walkIn.id()).patient().orElseThrow();
    assertThat(new Staff(sandbox.canvas().frontDesk()).book(offer, patient)).isTrue();
  }

  private void diesAfterAnnouncing(Supplier<Answer> call) {
    life.dieOnceAnnounced();
    dies(call);
    assertThat(changes.sent()).hasSize(1);
  }

  private boolean dies(int step, Supplier<Answer> call) {
    life.dieAt(step);
    return dies(call);
  }

  private boolean dies(Supplier<Answer> call) {
    try {
      assertThat(call.get()).isNotNull();
    } catch (Mortality.Death death) {
      assertThat(life.isDead()).isTrue();
    }
    boolean died = life.isDead();
    life.live();
    return died;
  }

  private CanvasBook canvas() {
    return CanvasBook.of(sandbox);
  }

  private void world() {
    life.live();
    sandbox.canvas().become(World.local());
    rows.clear();
    changes.clear();
    clock.set(Instant.now());
  }
}
