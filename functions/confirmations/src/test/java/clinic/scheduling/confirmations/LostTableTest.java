package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.core.visit.Consent;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A patient to whom we promised a visit is told of later changes, even if the table with their
 * consent is lost. The tests write what the fan-out would then record and request.
 */
@QuarkusTest
class LostTableTest extends SendMessageCase {

  @ParameterizedTest
  @CsvSource({
    // the record, mails, texts, whether the clinic is told
    "by-us,           1, 0, false",
    "by-staff,        1, 1, false",
    "by-us-phone,     0, 0, true",
    "by-staff-no,     0, 0, true",
    "by-us-no-points, 0, 0, true"
  })
  void whoWasPromisedAVisitHearsThatItIsOff(String record, int mails, int texts, boolean listed) {
    String visit = bookedAndLost(patient(record));

    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sent("email")).hasSize(mails).allMatch(it -> it.subject().contains("cancelled"));
    assertThat(sent("sms")).hasSize(texts);
    assertThat(rows.text().contains("untold#" + visit + "#1")).isEqualTo(listed);
    assertThat(log.text().contains("patient-untold")).isEqualTo(listed);
  }

  @Test
  void orThatItHasMoved() {
    String visit = bookedAndLost(newPatient());
    String before = view(visit);

    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    record(
        visit,
        new ChangeRecord(1, Change.MOVED, view(visit), true, clock.instant(), Optional.of(before)));
    deliver(visit, 1, Change.MOVED);

    assertThat(sent("email")).singleElement().matches(it -> it.subject().contains("moved"));
    assertThat(sent("sms")).isEmpty();
  }

  @Test
  void aVisitThatStaffBookedForARecordOfOursWasPromisedToNobody() {
    String visit = appointmentByStaff(newPatient());

    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(rows.text()).doesNotContain("untold#");
  }

  @Test
  void anAddressThatBouncesIsNotWrittenTo() {
    String visit = bookedAndLost(newPatient());
    report(
        "{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"%s\"}]},\"mail\":{\"messageId\":\"m-2\",\"destination\":[\"%s\"]}}"
            .formatted(EMAIL, EMAIL));

    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(rows.text()).contains("untold#" + visit + "#1");
  }

  @Test
  void aReminderStillNeedsTheTick() {
    String visit = bookedAndLost(newPatient());
    tell(visit, 1, Change.BOOKED);
    sandbox.outbox().clear();
    clock.move(Duration.ofDays(5).plusHours(1));

    remind(visit, "confirm", start(visit));

    assertThat(sandbox.outbox().messages()).isEmpty();
  }

  private String bookedAndLost(String patient) {
    new Consent(true, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    String visit = appointment(patient);
    tell(visit, 0, Change.BOOKED);
    sandbox.outbox().clear();
    rows.clear();
    return visit;
  }

  private String patient(String record) {
    return switch (record) {
      case "by-us" -> newPatient();
      case "by-us-phone" -> with(newPatient(), Telecom.of("phone", "mobile", Phi.of(PHONE), false));
      case "by-us-no-points" -> with(newPatient(), Telecom.of("fax", "home", Phi.of(PHONE), false));
      case "by-staff" -> patient(true);
      case "by-staff-no" -> patient(false);
      default -> throw new IllegalArgumentException(record);
    };
  }

  private String with(String patient, Telecom contact) {
    contacts(patient, contact);
    return patient;
  }

  private void record(String visit, ChangeRecord told) {
    ChangeLog changes = new ChangeLog(rows, clock);
    assertThat(changes.write(visit, changes.read(visit), told)).isTrue();
  }

  private String view(String visit) {
    return canvas
        .appointment(current(visit))
        .flatMap(seen -> PatientFingerprint.of(seen.resource()))
        .orElseThrow();
  }

  private Instant start(String visit) {
    return canvas.appointment(visit).orElseThrow().resource().time().orElseThrow().start();
  }
}
