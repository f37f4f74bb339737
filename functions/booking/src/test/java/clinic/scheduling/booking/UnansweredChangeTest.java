package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** If a change took effect and its answer was lost, we never tell the caller that it failed. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class UnansweredChangeTest extends BookingCase {
  @Inject Offers offers;

  @Test
  void aMovedVisitDoesNotMakeItsOwnNewTimeTaken() {
    Instant start = desk.freshStart();
    Instant later = desk.freshStart();
    Answer visit = calls.book(Desk.key(), desk.body(desk.office(start)));
    String key = Desk.key();
    String slot = desk.office(later);
    firstUpdateChangedSecond(Kind.CUT_AFTER_EFFECT);
    readsAreRightThen(Fault.status(500, "GET", "/Appointment/"));

    Answer unanswered = calls.move(visit.id(), visit.token(), key, slot);
    stale(2);
    Answer unseen = calls.move(visit.id(), visit.token(), key, slot);
    Answer seen = calls.move(visit.id(), visit.token(), key, slot);

    assertThat(unanswered.status()).as(unanswered.text()).isEqualTo(503);
    assertThat(unseen.status()).as(unseen.text()).isEqualTo(503);
    assertThat(seen.status()).as(seen.text()).isEqualTo(200);
    assertThat(standingAt(start)).isEmpty();
    assertThat(standingAt(later)).hasSize(1);
  }

  @Test
  void aMoveThatCanNoLongerLandIsRefusedInTheEnd() {
    Offer from = offers.office(0, 3);
    Offer to = offers.office(0, 9);
    Answer visit = book(from);
    String key = Desk.key();
    String slot = offers.slot(to);
    firstUpdateChangedSecond(Kind.CUT);
    readsAreRightThen(Fault.status(500, "GET", "/Appointment/"));
    calls.move(visit.id(), visit.token(), key, slot);
    staffBook(to);

    Answer early = calls.move(visit.id(), visit.token(), key, slot);
    clock.move(Duration.ofSeconds(32));
    Answer late = calls.move(visit.id(), visit.token(), key, slot);

    assertThat(early.status()).as(early.text()).isEqualTo(503);
    assertThat(late.type()).isEqualTo("slot-taken");
    assertThat(standingAt(from.start())).hasSize(1);
  }

  @Test
  void aVisitThatWentBackHoldsItsTimeAgain() {
    Offer from = offers.office(0, 3);
    Offer to = offers.office(0, 9);
    Answer visit = book(from);
    String key = Desk.key();
    String slot = offers.slot(to);
    sandbox.canvas().faults().add(Fault.status(500, "GET", "/Appointment").query("practitioner="));
    calls.move(visit.id(), visit.token(), key, slot);
    staffBook(to);

    Answer refused = calls.move(visit.id(), visit.token(), key, slot);

    assertThat(refused.type()).isEqualTo("slot-taken");
    assertThat(standingAt(from.start())).hasSize(1);
    assertThat(HoldBook.at(clock.instant(), rows))
        .filteredOn(held -> held.time().overlaps(from.time()))
        .hasSize(1);
  }

  @Test
  void aMoveThatMayStillLandIsNotOneForTheClinic() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String key = Desk.key();
    String slot = desk.freshSlot();
    sandbox.canvas().faults().add(Fault.once(Kind.CUT, "PUT", "/Appointment/"));
    sandbox.canvas().faults().add(Fault.status(400, "PUT", "/Appointment/").times(2));

    Answer early = calls.move(visit.id(), visit.token(), key, slot);
    clock.move(Duration.ofSeconds(32));
    Answer late = calls.move(visit.id(), visit.token(), key, slot);

    assertThat(early.status()).as(early.text()).isEqualTo(503);
    assertThat(late.type()).isEqualTo("call-the-clinic");
  }

  @Test
  void aMoveThatMayStillLandIsNotRefusedForGood() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String key = Desk.key();
    String slot = desk.freshSlot();
    sandbox.canvas().faults().add(Fault.once(Kind.CUT, "PUT", "/Appointment/"));
    checkedInAfterTheNextUpdate(visit);

    Answer early = calls.move(visit.id(), visit.token(), key, slot);
    clock.move(Duration.ofSeconds(32));
    Answer late = calls.move(visit.id(), visit.token(), key, slot);

    assertThat(early.status()).as(early.text()).isEqualTo(503);
    assertThat(late.type()).isEqualTo("not-movable");
  }

  @Test
  void norIsACancellation() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String key = Desk.key();
    sandbox.canvas().faults().add(Fault.once(Kind.CUT, "PUT", "/Appointment/"));
    checkedInAfterTheNextUpdate(visit);

    Answer early = calls.cancel(visit.id(), visit.token(), key, "{}");
    String doubt = cancellations(visit);
    Answer late = calls.cancel(visit.id(), visit.token(), key, "{}");

    assertThat(early.status()).as(early.text()).isEqualTo(503);
    assertThat(doubt).as("it may have been the patient").doesNotContain("refused");
    assertThat(late.type()).isEqualTo("not-movable");
    assertThat(cancellations(visit)).contains("external=refused again");
  }

  @Test
  void whoIsRefusedHasNotCancelled() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String key = Desk.key();
    sandbox.canvas().faults().add(Fault.status(400, "PUT", "/Appointment/").times(2));
    calls.cancel(visit.id(), visit.token(), key, "{}");
    Answer refused = calls.cancel(visit.id(), visit.token(), key, "{}");
    String row = cancellations(visit);
    sandbox.canvas().frontDesk().cancel(visit.id());

    Answer again = calls.cancel(visit.id(), visit.token(), key, "{}");

    assertThat(refused.type()).isEqualTo("call-the-clinic");
    assertThat(row).contains("state=DOUBT", "external=refused,");
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(cancellations(visit)).as("by staff").contains("external=stood cancelled");
  }

  @Test
  void whoIsRefusedFirstAndUnansweredThenMayHaveCancelled() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String key = Desk.key();
    sandbox.canvas().faults().add(Fault.status(400, "PUT", "/Appointment/"));
    Answer refused = calls.cancel(visit.id(), visit.token(), key, "{}");
    sandbox.canvas().faults().add(Fault.once(Kind.CUT_AFTER_EFFECT, "PUT", "/Appointment/"));
    pace.beforeTheNext(
        "PUT",
        () ->
            pace.beforeTheNext(
                "GET",
                () ->
                    sandbox
                        .canvas()
                        .faults()
                        .add(Fault.status(500, "GET", "/Appointment/").times(9))));

    Answer unanswered = calls.cancel(visit.id(), visit.token(), key, "{}");
    String doubt = cancellations(visit);
    sandbox.canvas().faults().clear();
    Answer settled = calls.cancel(visit.id(), visit.token(), key, "{}");

    assertThat(refused.type()).isEqualTo("call-the-clinic");
    assertThat(unanswered.status()).as(unanswered.text()).isEqualTo(503);
    assertThat(doubt).contains("state=DOUBT").doesNotContain("refused");
    assertThat(settled.status()).isEqualTo(200);
    assertThat(cancellations(visit)).contains("external=cancelled");
  }

  private void checkedInAfterTheNextUpdate(Answer visit) {
    pace.beforeTheNext(
        "PUT",
        () -> pace.beforeTheNext("GET", () -> sandbox.canvas().frontDesk().checkIn(visit.id())));
  }

  /** The fields of the row of the cancellation request, of which there must be one. */
  private String cancellations(Answer visit) {
    return rows.readStartingWith(RowKey.ofRequest(visit.id(), "").partition(), "", 1_000).stream()
        .filter(row -> row.key().sort().startsWith("cancellation#"))
        .map(row -> new TreeMap<>(row.fields()).toString())
        .collect(Collectors.joining());
  }

  @Test
  void aCancelledVisitIsNotOneForTheClinicToCancel() {
    Instant start = desk.freshStart();
    Answer visit = calls.book(Desk.key(), desk.body(desk.office(start)));
    firstUpdateChangedSecond(Kind.CUT_AFTER_EFFECT);
    readsAreRightThen(Fault.once(Kind.STALE_READ, "GET", "/Appointment/"));

    Answer cancelled = calls.cancel(visit.id(), visit.token(), Desk.key(), "{}");

    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
    assertThat(cancelled.body().path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void whetherItIsCancelledIsNotKnownWhileReadsLag() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String key = Desk.key();
    firstUpdateChangedSecond(Kind.CUT_AFTER_EFFECT);
    readsAreRightThen(Fault.once(Kind.STALE_READ, "GET", "/Appointment/").times(2));

    Answer unseen = calls.cancel(visit.id(), visit.token(), key, "{}");
    Answer seen = calls.cancel(visit.id(), visit.token(), key, "{}");

    assertThat(unseen.status()).as(unseen.text()).isEqualTo(503);
    assertThat(seen.status()).as(seen.text()).isEqualTo(200);
  }

  @Test
  void aVisitThatStaffReplacedIsNotCancelledByHalf() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    Instant later = desk.freshStart();
    String next =
        sandbox
            .canvas()
            .frontDesk()
            .reschedule(visit.id(), later, Optional.empty(), Optional.empty());
    sandbox.canvas().faults().add(Fault.status(404, "GET", "/Appointment/" + next));
    String key = Desk.key();

    Answer unseen = calls.cancel(visit.id(), visit.token(), key, "{}");
    Answer seen = calls.cancel(visit.id(), visit.token(), key, "{}");

    assertThat(unseen.status()).as(unseen.text()).isEqualTo(503);
    assertThat(seen.status()).as(seen.text()).isEqualTo(200);
    assertThat(standingAt(later)).isEmpty();
  }

  @Test
  void aReasonThatCanvasDidNotTakeIsSaidByTheNextRequest() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String reason = "{\"reason\":\"I am well.\"}";
    sandbox.canvas().faults().add(Fault.status(429, "POST", "/Communication"));
    calls.cancel(visit.id(), visit.token(), Desk.key(), reason);
    Fault heard = Fault.once(Kind.SLOW, "POST", "/Communication").delayMs(1);
    sandbox.canvas().faults().add(heard);

    calls.cancel(visit.id(), visit.token(), Desk.key(), reason);

    assertThat(sandbox.canvas().faults().waiting()).isEmpty();
  }

  /**
   * Canvas refuses the first update, because the visit changed in the second in which it was read.
   * The answer to the second update is lost.
   */
  private void firstUpdateChangedSecond(Kind kind) {
    sandbox.canvas().faults().add(Fault.status(412, "PUT", "/Appointment/"));
    sandbox.canvas().faults().add(Fault.once(kind, "PUT", "/Appointment/"));
  }

  /** The reads before the first and the second update are correct. */
  private void readsAreRightThen(Fault fault) {
    Fault right = Fault.once(Kind.SLOW, "GET", "/Appointment/").delayMs(1).times(2);
    sandbox.canvas().faults().add(right);
    sandbox.canvas().faults().add(fault);
  }

  private void stale(int times) {
    sandbox.canvas().faults().add(Fault.once(Kind.STALE_READ, "GET", "/Appointment/").times(times));
  }

  private Answer book(Offer offer) {
    return calls.book(Desk.key(), desk.body(offers.slot(offer)));
  }

  private void staffBook(Offer offer) {
    String walkIn = book(offers.office(4, 1)).id();
    String patient = CanvasBook.of(sandbox).current(walkIn).patient().orElseThrow();
    assertThat(new Staff(sandbox.canvas().frontDesk()).book(offer, patient)).isTrue();
  }
}
