package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.core.visit.KnownVisits;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks which message follows the first notice of a visit ({@code
 * docs/decisions/0021-what-a-patient-is-told.md}).
 */
@QuarkusTest
class WhoIsToldTest extends SyncCase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "updated",
        "checked_in",
        "cancelled",
        "rescheduled",
        "APPOINTMENT_RESCHEDULED",
        "APPOINTMENT_UPDATED",
        "APPOINTMENT_METADATA_CREATED",
        "reconciliation",
        "second-look"
      })
  void ofAVisitThatIsOlderThanWhatWeKnowNobodyIsToldThatItIsBooked(String hint) {
    String visit = booked();

    deliverHint(visit, hint);

    assertThat(told()).isEmpty();
    assertThat(recorded(visit).orElseThrow().isBaseline()).isTrue();
    onlyInOutlook(INGRIDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"created", "booked", "APPOINTMENT_CREATED", "appointment_created"})
  void aNoticeOfANewVisitIsTold(String hint) {
    deliverHint(ofStaff(), hint);

    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void aNoticeOfANewVisitIsToldByWhoeverIsAtWork() {
    String visit = ofStaff();
    somebodyIsAtWork(visit);
    deliverHint(visit, "created");
    assertThat(told()).as("left to another").isEmpty();
    clock.move(LEASE);

    deliverHint(visit, "updated");

    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void aNoticeOfAMoveIsToldByWhoeverIsAtWork() {
    String visit = ofStaff();
    String next = moved(visit, start().plus(Duration.ofDays(30)));
    somebodyIsAtWork(visit);
    deliverHint(next, "rescheduled");
    assertThat(told()).as("left to another").isEmpty();
    clock.move(LEASE);

    deliverHint(next, "updated");

    assertThat(told()).containsExactly("0 moved");
  }

  @Test
  void aNoticeThatNamesThePatientOnlyIsToldOfTheVisitThatIsNew() {
    String patient = patient();
    String visit = ofStaff(patient);

    deliver(ChangeNotice.ofPatient(patient, "created", "n-1", clock.instant()), "m-1");

    assertThat(told()).containsExactly("0 booked");
    assertThat(recorded(visit)).map(ChangeRecord::isBaseline).contains(false);
  }

  @Test
  void ofSeveralVisitsOfAPatientTheOnesThatAreKnownAreNotNew() {
    String patient = patient();
    String older = ofStaff(patient);
    deliverHint(older, "updated");
    String visit = ofStaff(patient);
    changes.clear();

    deliver(ChangeNotice.ofPatient(patient, "created", "n-1", clock.instant()), "m-1");
    List.copyOf(changes.sent()).stream()
        .filter(notice -> notice.knownAppointment().isPresent())
        .forEach(notice -> deliver(notice, UUID.randomUUID().toString()));

    assertThat(messages.sent()).extracting(PatientMessage::appointment).containsExactly(visit);
    assertThat(told()).containsExactly("0 booked");
    assertThat(recorded(older).orElseThrow().isBaseline()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"updated", "changed", "cancelled"})
  void aNoticeThatNamesThePatientOnlyAndNothingNewIsNotTold(String hint) {
    String patient = patient();
    ofStaff(patient);

    deliver(ChangeNotice.ofPatient(patient, hint, "n-1", clock.instant()), "m-1");

    assertThat(told()).isEmpty();
  }

  @Test
  void onceReconciliationHasRunWhateverHasNoRowIsNew() {
    reconciled();

    deliverHint(ofStaff(), "reconciliation");

    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void noticesOfANewVisitMayComeInAnyOrder() {
    String visit = ofStaff();

    deliverHint(visit, "updated");
    deliverHint(visit, "created");
    deliverHint(visit, "created");

    assertThat(told()).containsExactly("1 booked");
  }

  @Test
  void anOlderVisitThatStaffMoveIsToldAsMoved() {
    String visit = ofStaff();
    String next =
        staff()
            .reschedule(
                visit, start().plus(Duration.ofDays(30)), Optional.empty(), Optional.empty());

    deliverHint(next, "rescheduled");

    assertThat(told()).containsExactly("0 moved");
    assertThat(recorded(visit)).map(ChangeRecord::assumed).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rescheduled", "created", "updated", "reconciliation", "second-look"})
  void anOlderVisitThatStaffMoveIntoKnownDaysIsToldAsMoved(String hint) {
    String visit = ofStaffAt(Duration.ofDays(60));
    known(Duration.ofDays(30));

    deliverHint(moved(visit, start().plus(Duration.ofDays(3))), hint);

    assertThat(told()).containsExactly("0 moved");
    assertThat(recorded(visit)).map(ChangeRecord::assumed).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rescheduled", "updated", "reconciliation"})
  void aVisitThatWasMadeInKnownDaysAndMovedIsToldAsBooked(String hint) {
    known(Duration.ofDays(30));
    String visit = ofStaff();

    deliverHint(moved(visit, start().plus(Duration.ofDays(60))), hint);

    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void aVisitThatIsMovedBackToItsFirstTimeIsToldAsMoved() {
    String visit = ofStaff();
    Instant first = canvas.appointment(visit).orElseThrow().resource().time().orElseThrow().start();
    String far = moved(visit, start().plus(Duration.ofDays(60)));

    deliverHint(moved(far, first), "rescheduled");

    assertThat(told()).containsExactly("0 moved");
  }

  @Test
  void aVisitThatWasMovedIntoKnownDaysAndBackUnseenIsNoNews() {
    String visit = ofStaffAt(Duration.ofDays(60));
    Instant first = canvas.appointment(visit).orElseThrow().resource().time().orElseThrow().start();
    known(Duration.ofDays(30));
    String near = moved(visit, start().plus(Duration.ofDays(3)));

    deliverHint(moved(near, first), "rescheduled");

    assertThat(told()).isEmpty();
    assertThat(recorded(visit).orElseThrow().isBaseline()).isTrue();
  }

  @Test
  void whoWasPromisedAVisitHearsThatItIsOffAlthoughNobodySawItStand() {
    String visit = booked();
    promise(visit);
    staff().cancel(visit);

    deliverHint(visit, "cancelled");

    assertThat(told()).containsExactly("0 booked", "1 cancelled");
  }

  @Test
  void andSoTheyDoIfTheTableWasLost() {
    String visit = booked();
    staff().cancel(visit);

    deliverHint(visit, "cancelled");
    deliverHint(visit, "cancelled");

    assertThat(told()).containsExactly("0 cancelled");
  }

  @Test
  void whoWasPromisedATimeHearsOfTheOneThatStands() {
    String visit = booked();
    promise(visit);
    staff()
        .reschedule(visit, start().plus(Duration.ofDays(30)), Optional.empty(), Optional.empty());

    deliverHint(visit, "rescheduled");

    assertThat(told()).containsExactly("0 booked", "1 moved");
  }

  @Test
  void aPromiseIsToldByWhateverNotice() {
    String visit = booked();
    promise(visit);

    deliverHint(visit, "reconciliation");

    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void aPromisedVisitThatCanvasDoesNotShowYetIsNotTakenForGone() {
    String visit = booked();
    promise(visit);
    sandbox.canvas().faults().add(Fault.status(404, "GET", "/Appointment/"));
    sandbox.canvas().faults().add(Fault.status(404, "GET", "/Appointment/"));

    assertThat(deliver(visit)).hasSize(1);
    assertThat(recorded(visit)).map(ChangeRecord::change).contains(Change.BOOKED);
    assertThat(deliver(visit)).isEmpty();

    assertThat(told()).containsExactly("0 booked");
  }

  @Test
  void whatBookingTookBackIsToldToNobody() {
    String visit = booked();
    withdraw(visit);

    deliverHint(visit, "created");
    deliverHint(visit, "cancelled");

    assertThat(told()).isEmpty();
  }

  @Test
  void calendarsArePutRightWithoutTellingAnybody() {
    String visit = booked();
    promise(visit);

    deliverHint(visit, ChangeNotice.CALENDARS_ONLY);
    assertThat(told()).isEmpty();
    onlyInOutlook(INGRIDS);

    deliverHint(visit, ChangeNotice.RECONCILIATION);
    assertThat(told()).containsExactly("0 booked");
  }

  private String ofStaff(String patient) {
    return appointment(Identifier.usual("urn:example:staff", "x-" + UUID.randomUUID()), patient);
  }

  private String moved(String appointment, Instant time) {
    return staff().reschedule(appointment, time, Optional.empty(), Optional.empty());
  }

  private void somebodyIsAtWork(String visit) {
    Instant until = clock.instant().plusSeconds(5);
    rows.write(
        Row.fresh(
            RowKey.ofVisit(visit, "turn"),
            clock.instant().plus(LEASE),
            Map.of("asked", "1", "turn", "1", "owner", "m-1", "leaseUntil", until.toString())));
  }

  /**
   * Creates a visit that staff have booked, to begin after this time. Canvas shows the visit at
   * once.
   */
  private String ofStaffAt(Duration ahead) {
    return appointment(
        Identifier.usual("urn:example:staff", "x-" + UUID.randomUUID()), patient(), ahead);
  }

  private void known(Duration ahead) {
    new KnownVisits(rows, clock).extend(INGRID, clock.instant(), clock.instant().plus(ahead));
  }

  @Test
  void norWhereCanvasKeepsNothingOfThatButTheCancellation() {
    sandbox.canvas().toggles().set(Toggle.IDENTIFIER_USE_IGNORED, true);
    String visit = booked();
    new BookingJournal(rows, clock).noteWithdrawn(nameOf(visit), visit);
    withdraw(visit);

    deliverHint(visit, "created");
    deliverHint(visit, "cancelled");
    sandbox.canvas().toggles().reset();

    assertThat(told()).isEmpty();
  }

  private String nameOf(String visit) {
    return canvas
        .appointment(visit)
        .flatMap(one -> one.resource().identifierOf(OutsideWorld.SYSTEM))
        .orElseThrow();
  }

  /** Records what BookAppointment records before it answers. */
  private void promise(String visit) {
    String view =
        canvas
            .appointment(visit)
            .map(Versioned::resource)
            .flatMap(PatientFingerprint::of)
            .orElseThrow();
    new ChangeLog(rows, clock)
        .write(
            visit,
            Optional.empty(),
            new ChangeRecord(0, Change.BOOKED, view, false, clock.instant()));
  }

  private void withdraw(String visit) {
    Versioned<Appointment> seen = canvas.appointment(visit).orElseThrow();
    Appointment it = seen.resource();
    Appointment withdrawn =
        new Appointment(
            it.resourceType(),
            it.id(),
            null,
            it.identifiers().stream().map(Identifier::retired).toList(),
            "cancelled",
            it.appointmentType(),
            null,
            null,
            it.supportingInformation().stream()
                .filter(one -> one.idOf("Location").isPresent())
                .toList(),
            it.start(),
            it.end(),
            it.participant());
    assertThat(canvas.update(visit, withdrawn, seen.at())).isInstanceOf(WriteOutcome.Written.class);
  }

  private Optional<ChangeRecord> recorded(String visit) {
    return new ChangeLog(rows, clock).read(visit);
  }
}
