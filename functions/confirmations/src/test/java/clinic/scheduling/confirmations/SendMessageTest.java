package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.confirmations.render.ReadMail;
import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.core.visit.ShortLinks;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.messages.OutboxMessage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SendMessageTest extends SendMessageCase {
  /**
   * The number of writes until a mail is claimed: three counts, the row that marks the message as
   * counted, and the claim.
   */
  private static final int CLAIMED = 5;

  @Inject ShortLinks links;

  @Test
  void fiveDeliveriesMakeOneMailAndOneText() {
    String visit = booked();

    for (int i = 0; i < 5; i++) {
      deliver(visit, 0, Change.BOOKED);
    }

    assertThat(sent("email")).hasSize(1);
    assertThat(sent("sms")).hasSize(1);
    OutboxMessage mail = sent("email").get(0);
    assertThat(mail.to()).isEqualTo(EMAIL);
    assertThat(mail.subject()).startsWith("Your visit is booked: ");
    assertThat(mail.text())
        .startsWith("Hello Averycanary,")
        .contains("Harbor Clinic, 1 Pier St", Samples.SITE_URL + "/#/manage/" + visit + "?token=")
        .doesNotContain("rash", "Office Visit");
    assertThat(mail.tags()).containsEntry("message", visit + "_0");
    assertThat(sent("sms").get(0).to()).isEqualTo("+12065550142");
    assertThat(sent("sms").get(0).tags()).containsEntry("AWS.SNS.SMS.SMSType", "Transactional");
  }

  @Test
  void theLinkOfATextMessageLeadsToTheVisitAndOutlivesAMove() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    moveByStaff(visit, start().plus(Duration.ofDays(300)));
    tell(visit, 1, Change.MOVED);

    List<String> codes =
        sent("sms").stream()
            .map(text -> text.text().replaceFirst("(?s).*/m/([^ ]+) .*", "$1"))
            .toList();
    assertThat(codes).hasSize(2).containsOnly(codes.get(0));
    clock.move(Duration.ofDays(600));
    assertThat(links.target(codes.get(0)).orElseThrow())
        .startsWith(Samples.SITE_URL + "/#/manage/" + visit + "?token=");
    assertThat(log.text() + rows.text()).doesNotContain(codes.get(0));
  }

  @Test
  void aVisitIsOneCalendarEntryThroughMoveAndCancellation() throws Exception {
    String patient = patient(true);
    String visit = appointment(patient);
    tell(visit, 0, Change.BOOKED);
    update(visit, patient, "proposed", start().plus(Duration.ofDays(1)));
    tell(visit, 1, Change.MOVED);
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 2, Change.CANCELLED);

    assertThat(sent("email")).hasSize(3);
    assertThat(sent("sms")).hasSize(3);
    ReadMail first = read(sent("email").get(0));
    ReadMail last = read(sent("email").get(2));
    assertThat(last.event().getUid().getValue()).isEqualTo(first.event().getUid().getValue());
    assertThat(last.event().getSequence().getValue()).isEqualTo(2);
    assertThat(last.calendar().getMethod().getValue()).isEqualTo("CANCEL");
    assertThat(read(sent("email").get(1)).event().getDateStart().getValue().toInstant())
        .isEqualTo(start().plus(Duration.ofDays(1)));
  }

  @Test
  void aMoveByStaffIsToldUnderTheNameOfTheFirstAppointment() throws Exception {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    sandbox
        .canvas()
        .frontDesk()
        .reschedule(visit, start().plus(Duration.ofDays(2)), Optional.empty(), Optional.empty());
    tell(visit, 1, Change.MOVED);

    ReadMail moved = read(sent("email").get(1));
    assertThat(moved.event().getUid().getValue())
        .isEqualTo(read(sent("email").get(0)).event().getUid().getValue());
    assertThat(moved.event().getDateStart().getValue().toInstant())
        .isEqualTo(start().plus(Duration.ofDays(2)));
  }

  @Test
  void whatSomethingNewerHasOvertakenIsNotTold() {
    String visit = booked();
    told(visit, 1, Change.MOVED);

    deliver(visit, 0, Change.BOOKED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("why=superseded");
  }

  @Test
  void aPatientIsWrittenToOnlyWhereTheyAgreed() {
    new Consent(false, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    String visit = appointment(newPatient());

    tell(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).isEmpty();
    assertThat(sent("sms")).hasSize(1);
    assertThat(log.text()).containsOnlyOnce("no-consent channel=email");
  }

  @Test
  void whereStaffBookedTheConsentInCanvasDecides() {
    tell(appointment(patient(false)), 0, Change.BOOKED);
    assertThat(sandbox.outbox().messages()).isEmpty();

    tell(appointment(patient(true)), 0, Change.BOOKED);
    assertThat(sandbox.outbox().messages()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ses", "sns"})
  void oneChannelThatFailsDoesNotStopTheOther(String failing) {
    String visit = booked();
    fault(Fault.Kind.STATUS, "POST /" + failing, 400, "Throttling");

    deliverInVain(visit, 0, Change.BOOKED);
    assertThat(sent(failing.equals("ses") ? "sms" : "email")).hasSize(1);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
    assertThat(sent("sms")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUT_AFTER_EFFECT", "STATUS_AFTER_EFFECT", "CUT", "TIMEOUT_AFTER_EFFECT"})
  void anAnswerThatSaysNothingIsADoubtAndNeverASecondMessage(String kind) {
    String visit = booked();
    fault(Fault.Kind.valueOf(kind), "POST /ses", 500, "");
    fault(Fault.Kind.valueOf(kind), "POST /sns", 500, "");

    for (int i = 0; i < 5; i++) {
      deliver(visit, 0, Change.BOOKED);
      clock.move(Duration.ofMinutes(1));
    }

    int expected = kind.endsWith("AFTER_EFFECT") ? 1 : 0;
    assertThat(sent("email")).hasSize(expected);
    assertThat(sent("sms")).hasSize(expected);
    assertThat(rows.text()).contains("state=DOUBT");
    assertThat(log.text())
        .containsOnlyOnce("message-doubt channel=email")
        .containsOnlyOnce("message-doubt channel=sms");
  }

  @Test
  void anAddressThatIsRefusedForGoodIsNotTriedAgain() {
    String visit = booked();
    fault(Fault.Kind.STATUS, "POST /ses", 400, "MessageRejected");

    deliver(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).isEmpty();
    assertThat(sent("sms")).hasSize(1);
    assertThat(log.text()).containsOnlyOnce("message-rejected channel=email code=MessageRejected");
  }

  /**
   * In the first round, no write succeeds. Each further round allows one more write, until the
   * worker survives.
   */
  @Test
  void aProcessThatDiesBetweenItsWritesTellsNobodyTwice() {
    int deaths = 0;
    List<String> doubts = new ArrayList<>();
    for (int writes = 0; deaths == writes; writes++) {
      quiet();
      String visit = booked();
      rows.loseAfter(writes);
      deaths += dies(() -> deliver(visit, 0, Change.BOOKED)) ? 1 : 0;
      rows.recover();
      clock.move(Duration.ofSeconds(41));
      deliver(visit, 0, Change.BOOKED);
      deliver(visit, 0, Change.BOOKED);

      assertThat(sent("email")).as("after %d writes, %s", writes, log.text()).hasSize(1);
      assertThat(sent("sms")).as("after %d writes", writes).hasSize(1);
      log.text().lines().filter(line -> line.contains("message-doubt")).forEach(doubts::add);
      closeLog();
    }
    assertThat(deaths).isGreaterThan(5);
    assertThat(doubts)
        .as("dying before what was heard or the outcome is kept, or before a text is counted")
        .hasSize(5)
        .anyMatch(line -> line.contains("message-doubt channel=email code=worker-died"))
        .anyMatch(line -> line.contains("message-doubt channel=sms code=worker-died"));
  }

  @Test
  void theClaimOfTheDeadIsRespectedAsLongAsItMightLive() {
    String visit = booked();
    rows.loseAfter(CLAIMED);
    deliverInVain(visit, 0, Change.BOOKED);
    rows.recover();

    deliverInVain(visit, 0, Change.BOOKED);
    clock.move(Duration.ofSeconds(41));
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
  }

  private static boolean dies(Runnable work) {
    try {
      work.run();
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }

  @Test
  void aMessageThatMakesNoSenseFailsWithoutBeingShownAndIsSoonADeadLetter() {
    String order = "{\"v\":1,\"appointment\":\"a\",\"change\":\"canary\",\"messageKey\":\"a#0\"}";

    assertThatThrownBy(() -> deliver(order, 1)).hasMessage("a patient message has a wrong change");
    assertThatThrownBy(() -> deliver("canary", 5)).hasMessage("a patient message has a wrong body");
    assertThatThrownBy(() -> deliver("null", 9)).hasMessage("a patient message has a wrong body");
    assertThat(postponed.seconds()).containsExactly(1, 1, 1);
    assertThat(log.text()).contains("message-failed").doesNotContain("canary");
  }

  @Test
  void noWordAboutThePatientIsInLogOrTable() {
    String visit = booked();
    fault(Fault.Kind.STATUS, "POST /ses", 400, "MessageRejected");
    fault(Fault.Kind.STATUS, "POST /sns", 503, "");
    deliver(visit, 0, Change.BOOKED);
    sandbox
        .canvas()
        .frontDesk()
        .reschedule(visit, start().plus(Duration.ofDays(2)), Optional.empty(), Optional.empty());
    tell(visit, 1, Change.MOVED);

    assertThat(sandbox.outbox().messages()).hasSize(2);
    assertThat(log.text() + rows.text())
        .contains(visit)
        .doesNotContainIgnoringCase("canary", "555-0142", "5550142", "rash", "1990-02-03");
  }

  @Test
  void whileCanvasDoesNotAnswerTheOrderComesBack() {
    String visit = booked();
    sandbox
        .canvas()
        .faults()
        .add(clinic.scheduling.sandbox.canvas.Fault.status(503, "GET", "/Patient"));

    deliverInVain(visit, 0, Change.BOOKED);
    assertThat(sandbox.outbox().messages()).isEmpty();
    deliver(visit, 0, Change.BOOKED);

    assertThat(sandbox.outbox().messages()).hasSize(2);
  }

  @Test
  void aVisitThatHasBegunIsNotTold() {
    String visit = booked();
    clock.move(Duration.ofDays(8));

    deliver(visit, 0, Change.BOOKED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("why=over");
  }
}
