package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever holds a manage token can read, move and cancel that visit, and no other. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class ManageAppointmentTest extends BookingCase {
  @Inject ManageToken tokens;
  @Inject Offers offers;

  @Test
  void theVisitIsReadAsItIsNow() {
    Answer booked = book();
    sandbox.canvas().frontDesk().confirm(booked.id());

    Answer read = calls.read(booked.id(), booked.token());

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.body().path("status").asText()).isEqualTo("confirmed");
    assertThat(read.body().path("start")).isEqualTo(booked.body().path("start"));
  }

  @Test
  void idAndTokenSurviveAMoveByStaff() {
    Answer booked = book();
    Instant later = desk.freshStart();
    sandbox.canvas().frontDesk().reschedule(booked.id(), later, Optional.empty(), Optional.empty());

    Answer read = calls.read(booked.id(), booked.token());

    assertThat(read.id()).isEqualTo(booked.id());
    assertThat(OffsetDateTime.parse(read.body().path("start").asText()).toInstant())
        .isEqualTo(later);
    assertThat(read.body().path("status").asText()).isEqualTo("scheduled");
  }

  @Test
  void withoutAGoodTokenItIsTheSame401WhetherTheVisitExistsOrNot() {
    Answer booked = book();
    String expired = tokens.forManaging(booked.id(), 0, clock.instant().minusSeconds(1));
    String forInvites = tokens.forInvite(booked.id(), 0, clock.instant().plusSeconds(60));

    for (String token : new String[] {null, "x", expired, forInvites, booked.token() + "x"}) {
      Answer there = calls.read(booked.id(), token);
      Answer nowhere = calls.read("00000000-0000-4000-8000-000000000000", token);
      assertThat(there.status()).isEqualTo(401);
      assertThat(nowhere.text()).isEqualTo(there.text());
    }
  }

  @Test
  void aGoodTokenForAnotherVisitIsTheSame404AsNoVisit() {
    Answer one = book();
    Answer other = book();
    String nobodys = "00000000-0000-4000-8000-000000000000";
    String token = tokens.forManaging(nobodys, 0, clock.instant().plusSeconds(60));

    Answer foreign = calls.read(other.id(), one.token());
    Answer absent = calls.read(nobodys, token);

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(absent.text()).isEqualTo(foreign.text());
  }

  @Test
  void theInviteIsFetchedByItsLinkAlone() {
    Answer booked = book();

    Answer invite = calls.get(booked.body().at("/calendar/ics").asText());

    assertThat(invite.status()).isEqualTo(200);
    assertThat(invite.headers()).containsEntry("Content-Type", "text/calendar; charset=utf-8");
    assertThat(invite.text()).contains("METHOD:PUBLISH", "STATUS:CONFIRMED", "UID:");
    assertThat(invite.text()).doesNotContain("Canary", booked.id());
  }

  @Test
  void aCancelledVisitIsGoneFromCanvasAndItsTimeCanBeBookedAgain() {
    Instant start = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));

    Answer cancelled =
        calls.cancel(booked.id(), booked.token(), Desk.key(), "{\"reason\":\"ill\"}");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.body().path("status").asText()).isEqualTo("cancelled");
    assertThat(standingAt(start)).isEmpty();
    assertThat(changes.sent())
        .extracting(ChangeNotice::hint)
        .containsExactly("booked", "cancelled");
    assertThat(calls.book(Desk.key(), desk.body(desk.office(start))).status()).isEqualTo(201);
    assertThat(calls.get(booked.body().at("/calendar/ics").asText()).text())
        .contains("METHOD:CANCEL", "STATUS:CANCELLED");
  }

  @Test
  void cancellingWhatIsCancelledSucceeds() {
    Answer booked = book();
    String key = Desk.key();

    calls.cancel(booked.id(), booked.token(), key, "{}");

    assertThat(calls.cancel(booked.id(), booked.token(), key, "{}").status()).isEqualTo(200);
    assertThat(calls.cancel(booked.id(), booked.token(), Desk.key(), null).status()).isEqualTo(200);
  }

  @Test
  void cancellingKeepsTheIdentifierInCanvas() {
    sandbox.canvas().toggles().set(Toggle.PUT_WITHOUT_IDENTIFIERS, "delete");
    Answer booked = book();

    calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");

    assertThat(canvas.appointment(booked.id()).orElseThrow().resource().identifiers()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"STATUS", "TIMEOUT", "TIMEOUT_AFTER_EFFECT", "CUT", "CUT_AFTER_EFFECT"})
  void whateverCanvasAnswersToTheCancellationTheVisitIsCancelledInTheEnd(Fault.Kind kind) {
    Instant start = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    sandbox.canvas().faults().add(Fault.once(kind, "PUT", "/Appointment").delayMs(1_500));
    String key = Desk.key();

    Answer first = calls.cancel(booked.id(), booked.token(), key, "{}");
    Answer settled =
        first.status() == 200 ? first : calls.cancel(booked.id(), booked.token(), key, "{}");

    assertThat(settled.status()).isEqualTo(200);
    assertThat(standingAt(start)).isEmpty();
  }

  @Test
  void whatStaffMovedIsCancelledWhereItIsNow() {
    Answer booked = book();
    Instant later = desk.freshStart();
    sandbox.canvas().frontDesk().reschedule(booked.id(), later, Optional.empty(), Optional.empty());

    Answer cancelled = calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(standingAt(later)).isEmpty();
  }

  @Test
  void aVisitThatIsUnderWayIsForTheClinicToChange() {
    Answer booked = book();
    sandbox.canvas().frontDesk().checkIn(booked.id());

    assertThat(calls.cancel(booked.id(), booked.token(), Desk.key(), "{}").type())
        .isEqualTo("not-movable");
  }

  @Test
  void aMovedVisitKeepsItsIdAndFreesItsOldTime() {
    Instant start = desk.freshStart();
    Instant later = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));

    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(later));

    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.id()).isEqualTo(booked.id());
    assertThat(standingAt(start)).isEmpty();
    assertThat(standingAt(later)).extracting("id").containsExactly(booked.id());
    assertThat(standingAt(later).get(0).identifiers()).hasSize(1);
    assertThat(calls.book(Desk.key(), desk.body(desk.office(start))).status()).isEqualTo(201);
  }

  @Test
  void aMoveOntoATakenTimeLeavesTheVisitWhereItWas() {
    Instant start = desk.freshStart();
    Instant taken = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    calls.book(Desk.key(), desk.body(desk.office(taken)));

    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(taken));

    assertThat(moved.type()).isEqualTo("slot-taken");
    assertThat(standingAt(start)).extracting("id").containsExactly(booked.id());
  }

  /** Canvas compares whole seconds. All steps of this test happen within one second. */
  @Test
  void whatStaffChangeBetweenOurReadAndOurMoveIsNotWrittenOver() {
    Instant later = desk.freshStart();
    Answer booked = book();
    pace.beforeTheNext("PUT", () -> sandbox.canvas().frontDesk().confirm(booked.id()));

    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(later));

    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.body().path("status").asText()).isEqualTo("confirmed");
    assertThat(standingAt(later)).extracting("status").containsExactly("booked");
  }

  @Test
  void aVisitThatStaffCancelInTheSameSecondIsNotBroughtBackByAMove() {
    sandbox.canvas().toggles().set(Toggle.UPDATE_OF_CANCELLED, "allowed");
    Instant later = desk.freshStart();
    Answer booked = book();
    pace.beforeTheNext("PUT", () -> sandbox.canvas().frontDesk().cancel(booked.id()));

    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(later));

    assertThat(moved.type()).isEqualTo("not-movable");
    assertThat(standingAt(later)).isEmpty();
  }

  @Test
  void aVisitThatStaffMoveInTheSameSecondIsCancelledWhereItIsNow() {
    sandbox.canvas().toggles().set(Toggle.UPDATE_OF_CANCELLED, "allowed");
    Instant theirs = desk.freshStart();
    Answer booked = book();
    pace.beforeTheNext(
        "PUT",
        () ->
            sandbox
                .canvas()
                .frontDesk()
                .reschedule(booked.id(), theirs, Optional.empty(), Optional.empty()));

    Answer cancelled = calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(standingAt(theirs)).isEmpty();
  }

  @Test
  void aMoveToATimeThatStaffHaveTakenUnseenGoesBack() {
    Offer from = fresh();
    Offer to = fresh();
    Answer booked = calls.book(Desk.key(), desk.body(offers.slot(from)));
    staffBook(to, booked);
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3_600);
    String key = Desk.key();
    String slot = offers.slot(to);

    Answer moved = calls.move(booked.id(), booked.token(), key, slot);
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 0);
    Answer again = calls.move(booked.id(), booked.token(), key, slot);

    assertThat(moved.type()).isEqualTo("slot-taken");
    assertThat(again.type()).isEqualTo("slot-taken");
    assertThat(canvas.appointment(booked.id()).orElseThrow().resource().time())
        .contains(from.time());
    assertThat(changes.sent()).extracting(ChangeNotice::hint).endsWith("moved back");
    assertThat(heldBy(booked)).containsExactly(from.time());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMoveThatCanNeitherStayNorGoBackIsForTheClinic(boolean onOneDay) {
    Offer from = fresh();
    Offer to = fresh();
    while (areOnOneDay(from, to) != onOneDay) {
      from = to;
      to = fresh();
    }
    Answer booked = calls.book(Desk.key(), desk.body(offers.slot(from)));
    staffBook(to, booked);
    staffBook(from, booked);
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3_600);
    String key = Desk.key();
    String slot = offers.slot(to);

    try (LogLines log = new LogLines()) {
      Answer moved = calls.move(booked.id(), booked.token(), key, slot);
      Answer again = calls.move(booked.id(), booked.token(), key, slot);

      assertThat(moved.type()).isEqualTo("call-the-clinic");
      assertThat(again.type()).isEqualTo("call-the-clinic");
      assertThat(log.text()).contains("move-stuck");
    }
    assertThat(canvas.appointment(booked.id()).orElseThrow().resource().time()).contains(to.time());
    assertThat(heldBy(booked)).containsExactly(to.time());

    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 0);
    sandbox.canvas().frontDesk().cancel(booked.id());
    cancelAt(to);
    assertThat(calls.book(Desk.key(), desk.body(offers.slot(to))).status()).isEqualTo(201);
  }

  private void cancelAt(Offer offer) {
    standingAt(offer.start()).forEach(one -> sandbox.canvas().frontDesk().cancel(one.id()));
  }

  /** Whether the holds of both times are in the same row. There is one row for each UTC day. */
  private static boolean areOnOneDay(Offer one, Offer other) {
    return LocalDate.ofInstant(one.start(), ZoneOffset.UTC)
        .equals(LocalDate.ofInstant(other.start(), ZoneOffset.UTC));
  }

  private Offer fresh() {
    return new Offer(Desk.INGRID, "office", desk.freshStart());
  }

  private void staffBook(Offer offer, Answer patientOf) {
    String patient =
        canvas.appointment(patientOf.id()).orElseThrow().resource().patient().orElseThrow();
    assertThat(new Staff(sandbox.canvas().frontDesk()).book(offer, patient)).isTrue();
  }

  private List<Interval> heldBy(Answer visit) {
    String owner =
        canvas
            .appointment(visit.id())
            .orElseThrow()
            .resource()
            .identifierOf(OutsideWorld.SYSTEM)
            .orElseThrow();
    return HoldBook.at(clock.instant(), rows).stream()
        .filter(held -> held.owner().equals(owner))
        .map(HoldBook.Held::time)
        .toList();
  }

  @Test
  void aCancelledVisitAndAnotherVisitTypeCannotBeMoved() {
    Answer booked = book();
    Answer other =
        calls.move(booked.id(), booked.token(), Desk.key(), desk.video(desk.freshStart()));
    calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");
    Answer cancelled = calls.move(booked.id(), booked.token(), Desk.key(), desk.freshSlot());

    assertThat(other.type()).isEqualTo("not-movable");
    assertThat(cancelled.type()).isEqualTo("not-movable");
  }

  @Test
  void aCancelledVisitCannotBeMovedBackToItsOwnTime() {
    Instant start = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");

    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(start));

    assertThat(moved.type()).isEqualTo("not-movable");
  }

  @Test
  void aTokenSurvivesAMoveToMuchLater() {
    Answer booked = book();
    Instant later = desk.freshStart().plus(Duration.ofDays(28));
    sandbox.canvas().frontDesk().reschedule(booked.id(), later, Optional.empty(), Optional.empty());
    clock.set(later.minus(Duration.ofDays(1)));

    assertThat(calls.read(booked.id(), booked.token()).status()).isEqualTo(200);
  }

  @Test
  void aReadThatLagsBehindOurOwnCancellationDoesNotUndoIt() {
    Answer booked = book();
    String key = Desk.key();
    calls.cancel(booked.id(), booked.token(), key, "{}");
    sandbox
        .canvas()
        .faults()
        .add(Fault.once(Fault.Kind.STALE_READ, "GET", "/Appointment").times(3));

    Answer again = calls.cancel(booked.id(), booked.token(), key, "{}");

    assertThat(again.status()).isEqualTo(200);
  }

  @Test
  void tokensEndOneDayAfterTheVisit() {
    Answer booked = book();
    clock.set(clock.instant().plus(Duration.ofDays(60)));

    assertThat(calls.read(booked.id(), booked.token()).status()).isEqualTo(401);
  }

  private Answer book() {
    return calls.book(Desk.key(), desk.body(desk.freshSlot()));
  }
}
