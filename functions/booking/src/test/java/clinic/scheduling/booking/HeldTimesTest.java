package clinic.scheduling.booking;

import static clinic.scheduling.booking.WithBuffers.AFTER;
import static clinic.scheduling.booking.WithBuffers.BEFORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.HoldBook.Held;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.token.SlotToken;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * After a booking or a move, we hold the time of the visit with its buffers until no earlier offer
 * of that time is valid any more. We hold no other time.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(WithBuffers.class)
class HeldTimesTest extends BookingCase {
  /** An offer is valid for a quarter of an hour; we add a minute. */
  private static final Duration KEPT = Duration.ofMinutes(16);

  private static final Duration LEASE = Duration.ofSeconds(51);

  @Inject Offers offers;
  @Inject Holds holds;
  @Inject SignedTokens tokens;
  @Inject Mortality life;
  private Offer from;
  private Offer to;

  @BeforeEach
  void twoTimes() {
    from = offers.video(Desk.INGRID, 0, 3);
    to = offers.video(Desk.INGRID, 1, 6);
  }

  @Test
  void aBookedTimeIsHeldUntilNoOfferOfItIsGood() {
    Answer visit = book(from);

    assertThat(held()).containsExactly(heldFor(visit, from.time()));
  }

  @Test
  void aMovedVisitHoldsItsNewTimeAndTheOldOneIsFreeAtOnce() {
    Answer visit = book(from);
    clock.move(Duration.ofMinutes(5));

    move(visit, Desk.key(), offers.slot(to));

    assertThat(held()).containsExactly(heldFor(visit, to.time()));
    assertThat(calls.book(Desk.key(), desk.body(offers.slot(from))).status()).isEqualTo(201);
  }

  @Test
  void aShorterTimeIsHeldForItsOwnLength() {
    Answer visit = book(from);
    Interval shorter = new Interval(to.start(), to.start().plus(Duration.ofMinutes(20)));

    move(visit, Desk.key(), slotOf(shorter));

    assertThat(held()).containsExactly(heldFor(visit, shorter));
  }

  @Test
  void noHoldOutlivesItsTime() {
    Answer visit = book(from);
    move(visit, Desk.key(), offers.slot(to));

    clock.move(KEPT.minusSeconds(1));
    boolean before = somebodyElseMayHold(to);
    clock.move(Duration.ofSeconds(1));

    assertThat(before).isFalse();
    assertThat(held()).isEmpty();
    assertThat(somebodyElseMayHold(to)).isTrue();
  }

  @Test
  void aRepeatThatGoesOnAfterACrashHoldsTheNewTimeForLonger() {
    Answer visit = book(from);
    String key = Desk.key();
    String slot = offers.slot(to);
    diesOnceAnnounced(() -> calls.move(visit.id(), visit.token(), key, slot));
    clock.move(LEASE);

    move(visit, key, slot);

    assertThat(held()).containsExactly(heldFor(visit, to.time()));
  }

  @Test
  void whatIsNoLongerHeldIsNotHeldAgain() {
    Answer visit = book(from);
    String key = Desk.key();
    String slot = offers.slot(to);
    diesOnceAnnounced(() -> calls.move(visit.id(), visit.token(), key, slot));
    clock.move(KEPT);

    move(visit, key, slot);

    assertThat(held()).isEmpty();
  }

  @Test
  void aTimeThatStaffHaveCancelledCanBeBookedThoughNoNoticeCame() {
    Answer visit = book(from);
    sandbox.canvas().frontDesk().cancel(visit.id());

    Answer another = book(from);

    assertThat(held()).containsExactly(heldFor(another, from.time()));
  }

  @Test
  void aTimeFromWhichStaffHaveMovedAVisitCanBeMovedTo() {
    Answer visit = book(from);
    Answer another = book(offers.video(Desk.INGRID, 2, 1));
    sandbox
        .canvas()
        .frontDesk()
        .reschedule(visit.id(), to.start(), Optional.empty(), Optional.empty());

    move(another, Desk.key(), offers.slot(from));

    assertThat(held()).containsExactly(heldFor(another, from.time()));
  }

  @Test
  void aTimeThatStaffHaveCancelledAfterAMoveThatWentBackCanBeBooked() {
    Answer visit = book(from);
    move(visit, Desk.key(), offers.slot(to));
    move(visit, Desk.key(), offers.slot(from));
    sandbox.canvas().frontDesk().cancel(visit.id());

    assertThat(calls.book(Desk.key(), desk.body(offers.slot(from))).status()).isEqualTo(201);
  }

  @Test
  void aTimeFromWhichStaffHavePutAVisitOnTheWaitlistCanBeBookedAtOnce() {
    Answer visit = book(from);
    sandbox.canvas().frontDesk().show(visit.id(), "waitlist");

    Answer another = book(from);

    assertThat(held()).containsExactly(heldFor(another, from.time()));
  }

  @Test
  void whatWasMovedThereJustNowMayBeShownAsItWasBefore() {
    Answer visit = book(from);
    move(visit, Desk.key(), offers.slot(to));
    sandbox.canvas().frontDesk().show(visit.id(), "waitlist");

    Answer atOnce = calls.book(Desk.key(), desk.body(offers.slot(to)));
    clock.move(Duration.ofSeconds(30));
    Answer later = calls.book(Desk.key(), desk.body(offers.slot(to)));

    assertThat(atOnce.type()).isEqualTo("slot-taken");
    assertThat(later.status()).as(later.text()).isEqualTo(201);
  }

  @Test
  void whatARepeatFindsMadeMayHaveBeenElsewhereMeanwhile() {
    String key = Desk.key();
    String body = desk.body(offers.slot(from));
    diesOnceAnnounced(() -> calls.book(key, body));
    clock.move(LEASE);
    Answer visit = calls.book(key, body);
    sandbox.canvas().frontDesk().show(visit.id(), "waitlist");

    Answer atOnce = calls.book(Desk.key(), desk.body(offers.slot(from)));

    assertThat(visit.status()).as(visit.text()).isEqualTo(201);
    assertThat(atOnce.type()).as(atOnce.text()).isEqualTo("slot-taken");
  }

  @Test
  void aVisitThatStandsKeepsItsTimeHoweverLongAgoItWasBooked() {
    Answer visit = book(from);
    clock.move(Duration.ofMinutes(10));

    Answer another = calls.book(Desk.key(), desk.body(offers.slot(from)));

    assertThat(another.type()).isEqualTo("slot-taken");
    assertThat(held()).extracting(Held::owner).containsExactly(heldFor(visit, from.time()).owner());
  }

  @Test
  void aHoldOfWhichCanvasCannotBeAskedCounts() {
    Answer visit = book(from);
    sandbox.canvas().frontDesk().cancel(visit.id());
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Appointment/" + visit.id()));

    Answer another = calls.book(Desk.key(), desk.body(offers.slot(from)));

    assertThat(another.type()).isEqualTo("slot-taken");
    assertThat(held()).extracting(Held::time).containsExactly(from.time().widened(BEFORE, AFTER));
  }

  private Answer book(Offer offer) {
    Answer booked = calls.book(Desk.key(), desk.body(offers.slot(offer)));
    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    return booked;
  }

  private void move(Answer visit, String key, String slot) {
    Answer moved = calls.move(visit.id(), visit.token(), key, slot);
    assertThat(moved.status()).as(moved.text()).isEqualTo(200);
  }

  private void diesOnceAnnounced(Runnable call) {
    life.dieOnceAnnounced();
    assertThatThrownBy(call::run).isInstanceOf(Mortality.Death.class);
    life.live();
  }

  private String slotOf(Interval time) {
    int minutes = (int) time.length().toMinutes();
    String schedule = "Location.2-Staff." + Desk.INGRID;
    return new SlotToken(schedule, Desk.INGRID, "virtual", "video", time.start(), minutes)
        .signedBy(tokens, clock.instant().plus(Duration.ofMinutes(15)));
  }

  private boolean somebodyElseMayHold(Offer offer) {
    return holds.hold(Desk.INGRID, "somebody else", offer.time(), Duration.ofSeconds(1));
  }

  /** A hold that begins now and lasts as long as that of a booked time, owned by this visit. */
  private Held heldFor(Answer visit, Interval time) {
    String owner =
        CanvasBook.of(sandbox).current(visit.id()).identifierOf(OutsideWorld.SYSTEM).orElseThrow();
    return new Held(Desk.INGRID, owner, time.widened(BEFORE, AFTER), clock.instant().plus(KEPT));
  }

  private List<Held> held() {
    return HoldBook.at(clock.instant(), rows);
  }
}
