package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.sandbox.http.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports and answers take effect at once and permanently, and their text is not kept. */
@QuarkusTest
class HandleDeliveryEventTest extends SendMessageCase {
  /**
   * The number of writes until a mail is claimed: three counts, the row that marks the message as
   * counted, and the claim.
   */
  private static final int CLAIMED = 5;

  private static final String NUMBER = "+12065550142";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAddressThatBouncesForGoodIsWrittenToNoMore(boolean enveloped) {
    String visit = booked();
    String event = bounce(visit + "_0", "Permanent", EMAIL.toUpperCase(java.util.Locale.ROOT));

    report(enveloped ? enveloped(event) : event);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).isEmpty();
    assertThat(sent("sms")).as("the other channel goes on").hasSize(1);
    assertThat(log.text())
        .contains("contact-suppressed channel=email why=bounced", "suppressed channel=email");
  }

  @Test
  void aMailboxThatIsFullIsWrittenToAgain() {
    String visit = booked();

    report(bounce(visit + "_0", "Transient", EMAIL));
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
  }

  @Test
  void whoComplainsIsWrittenToNoMore() {
    String visit = booked();

    report(complaint("abuse"));
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).isEmpty();
  }

  @Test
  void whoSaysThatItIsNoJunkDoesNotComplain() {
    String visit = booked();

    report(complaint("not-spam"));
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
  }

  @Test
  void anOptOutHoldsForEveryVisitAndEveryLaterConsent() {
    String first = booked();
    deliver(first, 0, Change.BOOKED);
    report(answer("Stop"));
    assertThat(reviewList(Duration.ZERO))
        .as("the clinic finds the patient by the visit")
        .contains("suppressed#", "why=opted-out", "visit=" + first);
    clock.move(Duration.ofDays(300));
    String later = appointment(patient(true));
    new Consent(true, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    tell(later, 0, Change.BOOKED);

    assertThat(sent("sms")).hasSize(1);
    assertThat(sent("email")).hasSize(2);
  }

  @Test
  void theWordCancelStopsTheMessagesAndNeverTheVisit() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);

    report(answer("CANCEL"));

    assertThat(canvas.appointment(visit).orElseThrow().resource().status()).isEqualTo("proposed");
    assertThat(log.text()).contains("why=opted-out");
  }

  @Test
  void theAnswerCConfirmsTheVisitInCanvas() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);

    report(answer(" c. "));
    report(answer("C"));

    assertThat(canvas.appointment(visit).orElseThrow().resource())
        .satisfies(it -> assertThat(it.status()).isEqualTo("booked"))
        .satisfies(it -> assertThat(it.identifierOf(SYSTEM)).contains(bookingId))
        .satisfies(it -> assertThat(it.location()).isPresent());
  }

  @Test
  void aVisitThatIsOffIsNotConfirmed() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    sandbox.canvas().frontDesk().cancel(visit);

    report(answer("C"));

    assertThat(canvas.appointment(visit).orElseThrow().resource().status()).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /ses"})
  void aDeliveryThatSesReportsSettlesTheDoubt(String where) {
    String visit = booked();
    fault(Fault.Kind.CUT_AFTER_EFFECT, where, 500, "");
    deliver(visit, 0, Change.BOOKED);
    assertThat(reviewList(Duration.ZERO)).contains("state=open");

    report(delivery(visit + "_0"));
    report(delivery(visit + "_0"));
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
    assertThat(ledger(visit, "email")).contains("state=DONE", "external=0100-ses");
    assertThat(reviewList(Duration.ZERO)).contains("state=settled").doesNotContain("state=open");
    assertThat(log.text()).containsOnlyOnce("doubt-settled");
  }

  @Test
  void aDeliveryThatIsReportedBeforeTheDoubtIsFoundSettlesItToo() {
    String visit = booked();
    rows.loseAfter(CLAIMED);
    deliverInVain(visit, 0, Change.BOOKED);
    rows.recover();
    report(delivery(visit + "_0"));
    clock.move(Duration.ofSeconds(41));

    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
    assertThat(ledger(visit, "email")).contains("state=DONE", "external=0100-ses");
    assertThat(log.text()).doesNotContain("message-doubt");
  }

  @Test
  void aDoubtThatNobodySettlesStaysListedAndIsNotSentAgain() {
    String visit = booked();
    fault(Fault.Kind.CUT, "POST /ses", 500, "");
    deliver(visit, 0, Change.BOOKED);
    clock.move(Duration.ofDays(3));
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).isEmpty();
    assertThat(reviewList(Duration.ofDays(3)))
        .contains("doubt#" + visit + "#0#email", "state=open", "visit=" + visit);
  }

  @Test
  void whatIsCertainIsNotWrittenOver() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    String before = ledger(visit, "email");

    report(delivery(visit + "_0"));

    assertThat(ledger(visit, "email")).isEqualTo(before);
  }

  @Test
  void whatIsNoEventFailsWithoutBeingShown() {
    assertThatThrownBy(() -> report("canary")).hasMessage("a patient message has a wrong event");
    report("{\"eventType\":\"Open\",\"canary\":1}");
    report("{}");

    assertThat(log.text()).contains("event-unreadable", "event-ignored").doesNotContain("canary");
  }

  @Test
  void neitherAddressNorNumberIsInLogOrTable() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    report(bounce(visit + "_0", "Permanent", EMAIL));
    report(complaint("abuse"));
    report(answer("Stop texting me. canary"));
    report(answer("C"));

    assertThat(log.text() + rows.text())
        .contains("why=bounced", "why=opted-out")
        .doesNotContainIgnoringCase("canary", "2065550142", "555-0142", "diagnostic");
  }

  @Test
  void theNamesOfContactPointsOutliveAChangeOfSecretsAndTellCapitalsAlike() {
    Contacts contacts = new Contacts(rows, new ReviewList(rows, clock), clock);
    String name = contacts.name(Channel.EMAIL, Phi.of(EMAIL));

    assertThat(contacts.name(Channel.EMAIL, Phi.of(EMAIL.toUpperCase(java.util.Locale.ROOT))))
        .isEqualTo(name)
        .isEqualTo(
            new Contacts(rows, new ReviewList(rows, clock), clock)
                .name(Channel.EMAIL, Phi.of(EMAIL)))
        .isNotEqualTo(contacts.name(Channel.SMS, Phi.of(EMAIL)));
  }

  private String reviewList(Duration ago) {
    String day = LocalDate.ofInstant(clock.instant().minus(ago), ZoneOffset.UTC).toString();
    return rows.readStartingWith("trouble#" + day, "", Rows.PAGE).toString();
  }

  private String ledger(String visit, String channel) {
    return String.valueOf(
        rows.read(
                MessageRequest.row(
                    visit, "0", Channel.valueOf(channel.toUpperCase(java.util.Locale.ROOT))))
            .orElseThrow()
            .fields());
  }

  private static String bounce(String tag, String type, String address) {
    return """
    {"eventType":"Bounce","bounce":{"bounceType":"%s","bounceSubType":"General",
     "bouncedRecipients":[{"emailAddress":"%s","diagnosticCode":"smtp; 550 diagnostic"}]},
     "mail":{"messageId":"0100-ses","destination":["%s"],"tags":{"message":["%s"]}}}
    """
        .formatted(type, address, address, tag);
  }

  private static String complaint(String kind) {
    return """
    {"eventType":"Complaint","complaint":{"complaintFeedbackType":"%s",
     "complainedRecipients":[{"emailAddress":"%s"}]},
     "mail":{"messageId":"0100-ses","destination":["%s"]}}
    """
        .formatted(kind, EMAIL, EMAIL);
  }

  private static String delivery(String tag) {
    return """
    {"eventType":"Delivery","delivery":{"recipients":["%s"]},
     "mail":{"messageId":"0100-ses","tags":{"message":["%s"]}}}
    """
        .formatted(EMAIL, tag);
  }

  private static String answer(String text) {
    return """
    {"originationNumber":"%s","destinationNumber":"+18885550100","messageKeyword":"K",
     "messageBody":"%s","inboundMessageId":"i-1","previousPublishedMessageId":"p-1"}
    """
        .formatted(NUMBER, text);
  }

  private String enveloped(String event) {
    return mapper.createObjectNode().put("Type", "Notification").put("Message", event).toString();
  }
}
