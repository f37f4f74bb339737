package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A message states the difference from what the patient already knows. A patient is told nothing
 * about a visit that we never promised them.
 */
@QuarkusTest
class WhatIsKnownAlreadyTest extends SendMessageCase {

  @Test
  void aVisitThatIsOlderThanWhatWeKnowIsMovedAndNotBooked() {
    String visit = appointment(patient(true));
    String before = view(visit);
    record(visit, ChangeRecord.baseline(before));
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    record(visit, next(1, Change.MOVED, view(visit), Optional.of(before)));

    deliver(visit, 1, Change.MOVED);

    assertThat(subject()).contains("moved");
  }

  @Test
  void andIfItIsBackNothingIsSaid() {
    String visit = appointment(patient(true));
    record(visit, ChangeRecord.baseline(view(visit)));
    record(visit, next(2, Change.MOVED, view(visit), Optional.of(view(visit))));

    deliver(visit, 2, Change.MOVED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("known-already");
  }

  @Test
  void whoLostATimeToSomebodyElseIsNotToldThatAVisitIsOff() {
    String visit = booked();
    withdraw(visit);
    record(visit, next(1, Change.CANCELLED, PatientFingerprint.GONE, Optional.empty()));

    deliver(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).isEmpty();
  }

  @Test
  void unlessTheyHaveHeardThatItWasBooked() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    sandbox.outbox().clear();
    withdraw(visit);
    record(visit, next(1, Change.CANCELLED, PatientFingerprint.GONE, Optional.empty()));

    deliver(visit, 1, Change.CANCELLED);

    assertThat(subject()).contains("cancelled");
  }

  @Test
  void whoWasPromisedAVisitHearsOnceThatItIsOff() {
    String visit = booked();
    sandbox.canvas().frontDesk().cancel(visit);
    record(visit, next(1, Change.CANCELLED, PatientFingerprint.GONE, Optional.empty()));

    deliver(visit, 0, Change.BOOKED);
    deliver(visit, 1, Change.CANCELLED);
    deliver(visit, 1, Change.CANCELLED);

    assertThat(sent("email")).hasSize(1);
    assertThat(subject()).contains("cancelled");
    assertThat(sent("sms")).hasSize(1);
  }

  /**
   * The message was requested before a deployment and is delivered after it, so its change record
   * has an older form.
   */
  @Test
  void anOrderWhoseRecordHasAnOlderFormIsToldAllTheSame() {
    String visit = booked();
    String[] parts = view(visit).split("\\.", -1);
    String first = String.join(".", parts[1], parts[2], "whatever-it-was", parts[3]);
    record(visit, next(1, Change.BOOKED, first, Optional.empty()));

    deliver(visit, 1, Change.BOOKED);

    assertThat(subject()).contains("booked");
  }

  private void record(String visit, ChangeRecord told) {
    ChangeLog changes = new ChangeLog(rows, clock);
    assertThat(changes.write(visit, changes.read(visit), told)).isTrue();
  }

  private ChangeRecord next(int sequence, Change change, String view, Optional<String> assumed) {
    return new ChangeRecord(sequence, change, view, true, clock.instant(), assumed);
  }

  private String view(String visit) {
    return canvas
        .appointment(current(visit))
        .map(Versioned::resource)
        .flatMap(PatientFingerprint::of)
        .orElseThrow();
  }

  private String subject() {
    assertThat(sent("email")).hasSize(1);
    return sent("email").get(0).subject();
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
}
