package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.ChangeNotice;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calendars and messages agree with Canvas in the end, however notices arrive. */
@QuarkusTest
class SyncCalendarsTest extends SyncCase {

  @Test
  void aBookingStandsInBothCalendarsAndIsToldOnce() {
    String visit = booked();

    assertThat(deliver(visit)).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("subject").asText())
        .isEqualTo("Averycanary Canaryson · Office visit");
    assertThat(onlyInGoogle(INGRIDS).path("summary").asText()).isEqualTo("Busy");
    assertThat(told()).containsExactly("0 booked");
    assertThat(messages.sent().get(0).appointment()).isEqualTo(visit);
    assertThat(messages.sent().get(0).correlation()).isEqualTo(bookingId);
  }

  @Test
  void aRepeatedNoticeChangesNothing() {
    String visit = booked();
    deliver(visit);
    String before = onlyInOutlook(INGRIDS).toString() + onlyInGoogle(INGRIDS);

    deliver(visit);
    deliver(visit);

    assertThat(onlyInOutlook(INGRIDS).toString() + onlyInGoogle(INGRIDS)).isEqualTo(before);
    assertThat(messages.sent()).hasSize(1);
  }

  @Test
  void aStaffRescheduleMovesTheOneEntryWhateverTheOrderOfItsNotices() {
    String visit = booked();
    deliver(visit);
    String outlook = id(onlyInOutlook(INGRIDS));
    String google = id(onlyInGoogle(INGRIDS));
    String before = onlyInOutlook(INGRIDS).path("start").toString();

    String next =
        staff()
            .reschedule(
                visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());
    deliver(next);
    deliver(visit);

    assertThat(id(onlyInOutlook(INGRIDS))).isEqualTo(outlook);
    assertThat(id(onlyInGoogle(INGRIDS))).isEqualTo(google);
    assertThat(onlyInOutlook(INGRIDS).path("start").toString()).isNotEqualTo(before);
    assertThat(told()).containsExactly("0 booked", "1 moved");
    assertThat(messages.sent()).allMatch(one -> one.appointment().equals(visit));
  }

  @Test
  void aVisitOfWhichVeryManyRequestsAreKeptIsStillMovedAndTold() {
    String visit = booked();
    deliver(visit);
    String before = onlyInOutlook(INGRIDS).path("start").toString();
    crowd(visit);
    staff().reschedule(visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());

    assertThat(deliver(visit)).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("start").toString()).isNotEqualTo(before);
    assertThat(told()).containsExactly("0 booked", "1 moved");
  }

  /**
   * Writes more requests than one read of the table returns, into the partition in which earlier
   * versions stored them.
   */
  private void crowd(String visit) {
    for (int from = 0; from < 1_200; from += 100) {
      int first = from;
      rows.write(
          IntStream.range(0, 100)
              .mapToObj(i -> RowKey.ofVisit(visit, "cancellation#" + (first + i)))
              .map(key -> Row.fresh(key, clock.instant().plus(Duration.ofDays(9)), Map.of()))
              .toList());
      clock.move(Duration.ofSeconds(1));
    }
  }

  @Test
  void aMoveIsToldOnceItHasSettledAndABookingAtOnce() {
    String visit = booked();
    deliver(visit);
    staff().reschedule(visit, start().plus(Duration.ofDays(9)), Optional.empty(), Optional.empty());
    deliver(visit);

    assertThat(messages.delays()).containsExactly(Duration.ZERO, Duration.ofSeconds(2));
  }

  @Test
  void aVisitThatMovesToAnotherClinicianLeavesTheFirstOnesCalendars() {
    String visit = booked();
    deliver(visit);

    staff()
        .reschedule(visit, start().plus(Duration.ofDays(4)), Optional.empty(), Optional.of(OMAR));
    deliver(visit);

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(calendars.google(INGRIDS)).isEmpty();
    assertThat(onlyInOutlook(OMARS).path("subject").asText()).isEqualTo("A.C. · Office visit");
    assertThat(onlyInGoogle(OMARS).path("summary").asText()).isEqualTo("Busy");
    assertThat(told()).containsExactly("0 booked", "1 moved");
  }

  /** Staff undo a move: they cancel the new appointment and restore the old one. */
  @Test
  void aVisitThatIsRestoredAfterAMoveStandsWhicheverOfTheTwoIsToldOf() {
    String visit = booked();
    deliver(visit);
    String time = onlyInGoogle(INGRIDS).path("start").toString();
    String moved =
        staff()
            .reschedule(
                visit, start().plus(Duration.ofDays(4)), Optional.empty(), Optional.empty());
    deliver(moved);
    staff().cancel(moved);
    staff().restore(visit);

    deliver(visit);
    deliver(moved);

    onlyInOutlook(INGRIDS);
    assertThat(onlyInGoogle(INGRIDS).path("start").toString()).isEqualTo(time);
  }

  @Test
  void aCancelledVisitIsGoneAndComesBackWhenItIsRestored() {
    String visit = booked();
    deliver(visit);
    staff().cancel(visit);
    deliver(visit);

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(calendars.google(INGRIDS)).isEmpty();

    staff().restore(visit);
    deliver(visit);

    onlyInOutlook(INGRIDS);
    onlyInGoogle(INGRIDS);
    assertThat(told()).containsExactly("0 booked", "1 cancelled", "2 restored");
  }

  @Test
  void aNoShowStaysAndNobodyIsTold() {
    String visit = booked();
    deliver(visit);
    staff().noShow(visit);
    deliver(visit);

    onlyInOutlook(INGRIDS);
    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void aVisitOfStaffsThatWasCancelledBeforeAnybodyLookedLeavesNoTrace() {
    String visit = ofStaff();
    staff().cancel(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(messages.sent()).isEmpty();
  }

  @Test
  void anEntryThatTheClinicianDeletedIsMadeAnewWhenTheVisitMoves() {
    String visit = booked();
    deliver(visit);
    clock.move(LONG_AFTER);
    calendars.deleteInOutlook(INGRIDS, id(onlyInOutlook(INGRIDS)));
    calendars.deleteInGoogle(INGRIDS, id(onlyInGoogle(INGRIDS)));

    staff().reschedule(visit, start().plus(Duration.ofDays(5)), Optional.empty(), Optional.empty());
    deliver(visit);

    onlyInOutlook(INGRIDS);
    onlyInGoogle(INGRIDS);
  }

  @Test
  void timeBlockedInCanvasIsBusyAndNobodyIsTold() {
    assertThat(deliver(blocked("staff-made"))).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("subject").asText()).isEqualTo("Busy");
    assertThat(messages.sent()).isEmpty();
  }

  @Test
  void timeThatThisSystemBlockedIsNotMirrored() {
    assertThat(deliver(blocked("block-1"))).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  /** Its patient has never heard of it, as of any visit that staff make and cancel again. */
  @Test
  void aVisitThatStaffMakeOutOfABlockIsNotOneThatWePromised() {
    Identifier name = Identifier.usual(OutsideWorld.SYSTEM, "block-" + "0".repeat(32) + "-0");
    String visit = appointment(name, patient());
    staff().cancel(visit);

    deliverHint(visit, "cancelled");

    assertThat(messages.sent()).isEmpty();
  }

  @Test
  void aNoticeThatNamesOnlyThePatientBecomesOneForEachVisit() {
    String patient = patient();
    reconciled();
    appointment(Identifier.usual(OutsideWorld.SYSTEM, bookingId), patient);
    appointment(Identifier.usual("urn:example:other", "x-1"), patient);

    ChangeNotice ofPatient = ChangeNotice.ofPatient(patient, "cancelled", "n-1", clock.instant());
    assertThat(deliver(ofPatient, "m-1")).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).as("one invocation has no time for all").isEmpty();

    List<ChangeNotice> each = changes.due();
    assertThat(each).hasSize(2).extracting(ChangeNotice::noticeId).containsOnly("n-1");
    each.forEach(notice -> assertThat(deliver(notice, UUID.randomUUID().toString())).isEmpty());
    assertThat(calendars.outlook(INGRIDS)).hasSize(2);
    assertThat(messages.sent()).hasSize(2);
    assertThat(changes.sent()).as("and a second look at the patient").hasSize(3);
  }

  @Test
  void aNoticeOfAPatientWithOneVisitIsThatVisits() {
    String patient = patient();
    appointment(Identifier.usual(OutsideWorld.SYSTEM, bookingId), patient);

    deliver(ChangeNotice.ofPatient(patient, "booked", "n-1", clock.instant()), "m-1");

    onlyInOutlook(INGRIDS);
    assertThat(changes.due()).isEmpty();
  }

  @Test
  void anAppointmentThatCanvasDoesNotShowYetIsTriedAgain() {
    assertThat(deliver("0a1b2c3d-0000-4000-8000-00000000dead")).hasSize(1);

    assertThat(postponed.seconds()).containsExactly(5);
    assertThat(log.text()).contains("unknown-appointment");
  }

  @Test
  void whatIsNoNoticeIsRefusedWithoutRepeatingIt() {
    assertThat(deliverText("{\"v\":1,\"name\":\"Averycanary\"}", "m-9")).hasSize(1);
    assertThat(deliverText("Averycanary", "m-10")).hasSize(1);

    assertThat(log.text()).contains("m-9", "BadNotice").doesNotContain("Averycanary");
    assertThat(postponed.seconds()).as("soon among the dead letters").containsExactly(1, 1);
  }
}
