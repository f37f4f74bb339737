package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the table of decision 25, from the record in Canvas to the outbox. */
@QuarkusTest
class ConsentTableTest extends SendMessageCase {

  @ParameterizedTest
  @CsvSource({
    // what the record says, what was ticked (none: staff booked), mails, texts, whether listed
    "agreed,      yes,  1, 1, false",
    "agreed,      no,   1, 0, false",
    "agreed,      none, 1, 1, false",
    "agreed,      lost, 1, 1, false",
    "refused,     yes,  0, 0, true",
    "refused,     no,   0, 0, false",
    "refused,     none, 0, 0, false",
    "refused,     lost, 0, 0, true",
    "new,         yes,  1, 1, false",
    "new,         no,   0, 0, false",
    "new,         none, 0, 0, false",
    "new,         lost, 1, 0, false",
    "new-agreed,  yes,  1, 1, false",
    "new-agreed,  no,   1, 0, false",
    "new-agreed,  none, 1, 1, false",
    "new-agreed,  lost, 1, 1, false",
    "withdrawn,   yes,  0, 0, true",
    "withdrawn,   no,   0, 0, false",
    "withdrawn,   none, 0, 0, false",
    "withdrawn,   lost, 0, 0, true",
    "phone-only,  yes,  0, 1, false",
    "phone-only,  no,   0, 1, false",
    "phone-only,  none, 0, 1, false",
    "phone-only,  lost, 0, 1, false",
    "phone-only-refused, yes, 0, 0, true",
    "phone-only-refused, no,  0, 0, false",
    "phone-only-refused, lost, 0, 0, true",
    "phone-only-new, lost, 0, 0, true",
    "old,         yes,  0, 0, true",
    "old,         no,   0, 0, true",
    "unwritable,  yes,  0, 0, true",
    "abroad,      yes,  0, 0, true",
    "nothing,     none, 0, 0, true"
  })
  void theStricterOfRecordAndTickIsWhatIsSent(
      String record, String tick, int mails, int texts, boolean listed) {
    ticked(tick);

    String patient = patient(record);
    String visit = tick.equals("none") ? appointmentByStaff(patient) : appointment(patient);
    tell(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(mails);
    assertThat(sent("sms")).hasSize(texts);
    assertThat(rows.text().contains("untold#")).isEqualTo(listed);
    assertThat(log.text().contains("patient-untold")).isEqualTo(listed);
  }

  @Test
  void aConsentThatIsWithdrawnAfterTheBookingEndsTheMessages() {
    ticked("yes");
    String patient = patient(true);
    String visit = appointment(patient);
    tell(visit, 0, Change.BOOKED);
    assertThat(sandbox.outbox().messages()).hasSize(2);

    mark(patient, false);
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).hasSize(2);
    assertThat(rows.text()).contains("untold#" + visit + "#1");
  }

  @Test
  void soItIsInARecordThatThisSystemMade() {
    ticked("yes");
    String patient = newPatient();
    String visit = appointment(patient);
    mark(patient, true);
    tell(visit, 0, Change.BOOKED);
    assertThat(sandbox.outbox().messages()).hasSize(2);

    mark(patient, false);
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).hasSize(2);
  }

  /** If nobody asked the patient, some instances of Canvas show nothing, others {@code false}. */
  @ParameterizedTest
  @CsvSource({"absent, 0", "false, 2"})
  void aNoIsAWithdrawalIfCanvasShowedNothingBefore(String unasked, int messages) {
    ticked("yes");
    sandbox.canvas().toggles().set(Toggle.CONSENT_UNASKED, unasked);
    String patient = newPatient();
    String visit = appointment(patient);
    tell(visit, 0, Change.BOOKED);
    assertThat(sandbox.outbox().messages()).hasSize(2);
    sandbox.outbox().clear();

    mark(patient, false);
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).hasSize(messages);
    assertThat(rows.text().contains("untold#" + visit + "#1")).isEqualTo(messages == 0);
  }

  /** Whenever a message is due, we record what Canvas shows, even if the message is not sent. */
  @Test
  void soItIsIfTheFirstMessageWasNotSent() {
    ticked("no");
    sandbox.canvas().toggles().set(Toggle.CONSENT_UNASKED, "absent");
    String patient = newPatient();
    String visit = appointment(patient);
    tell(visit, 0, Change.BOOKED);
    assertThat(sandbox.outbox().messages()).isEmpty();

    mark(patient, false);
    ticked("yes");
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).isEmpty();
  }

  @Test
  void aConsentThatWasGivenAndWithdrawnUnderAnAbsentMarkIsWithdrawn() {
    ticked("yes");
    sandbox.canvas().toggles().set(Toggle.CONSENT_UNASKED, "absent");
    String patient = newPatient();
    String visit = appointment(patient);
    tell(visit, 0, Change.BOOKED);
    mark(patient, true);
    mark(patient, false);
    sandbox.outbox().clear();
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).isEmpty();
  }

  @Test
  void anAddressThatBouncesLeavesANumberThatIsAgreedToWhateverWasTicked() {
    ticked("no");
    String visit = appointment(patient(true));
    report(
        "{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"%s\"}]},\"mail\":{\"messageId\":\"m-2\",\"destination\":[\"%s\"]}}"
            .formatted(EMAIL, EMAIL));

    tell(visit, 0, Change.BOOKED);

    assertThat(sent("email")).isEmpty();
    assertThat(sent("sms")).hasSize(1);
    assertThat(rows.text()).doesNotContain("untold#");
  }

  @Test
  void whoOptsOutOfTextsIsNeverSentOneAndIsListedIfNothingElseIsLeft() {
    ticked("yes");
    report("{\"originationNumber\":\"+12065550142\",\"messageBody\":\"STOP\"}");

    tell(appointment(patient("phone-only")), 0, Change.BOOKED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(rows.text()).contains("untold#");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agreed", "new"})
  void aChangeIsListedOnceHoweverOftenItIsDelivered(String before) {
    ticked("yes");
    String patient = patient(before);
    String visit = appointment(patient);
    contacts(patient, Telecom.of("email", "home", Phi.of("a@host"), true));
    tell(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(log.text()).containsOnlyOnce("patient-untold");
    assertThat(log.text() + rows.text()).doesNotContain("a@host", patient);
  }

  private void ticked(String word) {
    boolean yes = word.equals("yes");
    if (!word.equals("none") && !word.equals("lost")) {
      new Consent(yes, yes, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    }
  }

  private String patient(String record) {
    return switch (record) {
      case "agreed" -> patient(true);
      case "refused" -> patient(false);
      case "new" -> newPatient();
      case "new-agreed" -> marked(newPatient(), true);
      case "withdrawn" -> {
        String patient = marked(newPatient(), true);
        tell(appointment(patient), 0, Change.BOOKED);
        sandbox.outbox().clear();
        yield marked(patient, false);
      }
      case "phone-only" -> with(Telecom.of("phone", "mobile", Phi.of(PHONE), true));
      case "phone-only-new" -> {
        String patient = newPatient();
        contacts(patient, Telecom.of("phone", "mobile", Phi.of(PHONE), false));
        yield patient;
      }
      case "phone-only-refused" -> with(Telecom.of("phone", "mobile", Phi.of(PHONE), false));
      case "old" ->
          with(
              Telecom.of("phone", "old", Phi.of(PHONE), true),
              Telecom.of("email", "old", Phi.of(EMAIL), true));
      case "unwritable" ->
          with(
              Telecom.of("phone", "mobile", Phi.of("206-555-0142 ext 3"), true),
              Telecom.of("email", "home", Phi.of("jos\u00e9@example.invalid"), true));
      case "abroad" -> with(Telecom.of("phone", "mobile", Phi.of("+442079460958"), true));
      case "nothing" -> with(Telecom.of("fax", "home", Phi.of(PHONE), true));
      default -> throw new IllegalArgumentException(record);
    };
  }

  private String marked(String patient, boolean agreed) {
    mark(patient, agreed);
    return patient;
  }

  private String with(Telecom... contacts) {
    String patient = patient(true);
    contacts(patient, contacts);
    return patient;
  }
}
