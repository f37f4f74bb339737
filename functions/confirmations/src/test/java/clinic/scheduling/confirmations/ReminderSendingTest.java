package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.render.ReadMail;
import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.Consent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reminder fits the visit as it is when the reminder goes out. */
@QuarkusTest
@TestProfile(Strict.class)
class ReminderSendingTest extends SendMessageCase {
  private static final Duration DAY = Duration.ofDays(1);
  private static final ZoneId CLINIC = ZoneId.of("America/Los_Angeles");

  @BeforeEach
  void noon() {
    ZonedDateTime now = clock.instant().atZone(CLINIC);
    ZonedDateTime noon = now.with(LocalTime.NOON);
    clock.move(Duration.between(now, noon.isBefore(now) ? noon.plusDays(1) : noon));
  }

  @Test
  void aReminderByMailCanBeUnsubscribedAndHoldsNoInvite() throws Exception {
    String visit = visitIn(Duration.ofDays(7));

    remind(visit, "week", clock.instant().plus(Duration.ofDays(7)));
    remind(visit, "week", clock.instant().plus(Duration.ofDays(7)));

    assertThat(sent("email")).hasSize(1);
    assertThat(sent("sms")).isEmpty();
    ReadMail mail = read(sent("email").get(0));
    assertThat(mail.types()).containsExactly("text/plain", "text/html");
    assertThat(mail.subject()).startsWith("Reminder of your visit: ");
    String header = mail.header("List-Unsubscribe").orElseThrow();
    assertThat(header.strip())
        .matches(
            "<mailto:appointments@harbor-health\\.example\\.invalid\\?subject=unsubscribe-[0-9a-f]{32}>");
  }

  @Test
  void whoUnsubscribesGetsNoReminderAndHearsOfChangesStill() throws Exception {
    String visit = visitIn(Duration.ofDays(7));
    remind(visit, "week", clock.instant().plus(Duration.ofDays(7)));
    String header = read(sent("email").get(0)).header("List-Unsubscribe").orElseThrow();
    String subject = header.replaceAll("(?s).*subject=(.*)>.*", "$1");

    report(
        "{\"notificationType\":\"Received\",\"mail\":{\"commonHeaders\":{\"subject\":\"%s\"}}}"
            .formatted(subject));
    String other = visitIn(Duration.ofDays(7));
    remind(other, "week", clock.instant().plus(Duration.ofDays(7)));
    tell(other, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(2);
    assertThat(sent("email").get(1).subject()).startsWith("Your visit is booked");
  }

  @Test
  void whoHasNotConfirmedIsAskedTo() {
    String visit = visitIn(Duration.ofDays(2));

    remind(visit, "confirm", clock.instant().plus(Duration.ofDays(2)));

    assertThat(sent("sms").get(0).text())
        .contains("reminder, you have a visit", "Reply C to confirm. " + Samples.PUBLIC_URL + "/m/")
        .endsWith("opt out.")
        .hasSizeLessThanOrEqualTo(160);
  }

  @Test
  void whoHasConfirmedIsRemindedOfTheDayAndLeftInPeaceBeforeTheHour() {
    String visit = visitIn(Duration.ofDays(2));
    Instant start = clock.instant().plus(Duration.ofDays(2));
    sandbox.canvas().frontDesk().confirm(visit);

    remind(visit, "confirm", start);
    clock.move(Duration.ofHours(46));
    remind(visit, "soon", start);

    assertThat(sent("sms")).hasSize(1);
    assertThat(sent("sms").get(0).text()).contains("reminder").doesNotContain("confirm");
    assertThat(log.text()).contains("why=confirmed");
  }

  @Test
  void aConfirmationByAnswerSparesTheLastReminder() {
    String visit = visitIn(Duration.ofDays(2));
    Instant start = clock.instant().plus(Duration.ofDays(2));
    remind(visit, "confirm", start);

    report("{\"originationNumber\":\"+12065550142\",\"messageBody\":\"C\"}");
    clock.move(Duration.ofHours(46));
    remind(visit, "soon", start);

    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void whoHasNotConfirmedIsRemindedBeforeTheHour() {
    String visit = visitIn(Duration.ofHours(2));

    remind(visit, "soon", clock.instant().plus(Duration.ofHours(2)));

    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void ofAVisitThatWasMovedOrCancelledMeanwhileNobodyIsReminded() {
    String moved = visitIn(Duration.ofDays(2));
    String cancelled = visitIn(Duration.ofDays(2));
    String arrived = visitIn(Duration.ofDays(2));
    Instant start = clock.instant().plus(Duration.ofDays(2));
    moveByStaff(moved, start.plus(Duration.ofHours(1)));
    sandbox.canvas().frontDesk().cancel(cancelled);
    sandbox.canvas().frontDesk().checkIn(arrived);

    remind(moved, "confirm", start);
    remind(cancelled, "confirm", start);
    remind(arrived, "confirm", start);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("why=moved", "why=not-awaited");
  }

  @Test
  void ofAVisitThatCanvasHasTwiceOnlyTheOneThatItsPatientKnowsIsRemindedOf() {
    Instant start = clock.instant().plus(Duration.ofDays(2));
    String patient = patient(true);
    String known = visitOf(patient, start);
    String other = visitOf(patient, start);
    new BookingJournal(rows, clock).note(bookingId, known);

    remind(other, "confirm", start);
    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("why=twice-booked");
    remind(known, "confirm", start);
    assertThat(sent("sms")).hasSize(1);

    sandbox.canvas().frontDesk().cancel(known);
    remind(other, "week", start);
    assertThat(sandbox.outbox().messages()).as("although the other is off").hasSize(1);
  }

  @Test
  void aVisitOfWhichTheBookingHasNotedThatItIsTheOneIsRemindedOfThoughItWasMoved() {
    Instant start = clock.instant().plus(Duration.ofDays(2));
    String visit = visitIn(Duration.ofDays(7));
    new BookingJournal(rows, clock).note(bookingId, visit);
    moveByStaff(visit, start);

    remind(visit, "confirm", start);

    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void whoWasToldOfTheVisitAnHourAgoIsNotRemindedOfIt() {
    String visit = visitIn(Duration.ofDays(2));
    told(visit, 0, Change.BOOKED);
    Instant start = clock.instant().plus(Duration.ofDays(2));

    remind(visit, "confirm", start);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("why=told-lately");
  }

  @Test
  void aStepThatThePracticeDoesNotHaveIsSwitchedOff() {
    remind(visitIn(Duration.ofDays(2)), "fortnight", clock.instant().plus(Duration.ofDays(2)));

    assertThat(log.text()).contains("why=switched-off");
  }

  @Test
  void aSecondReminderToTheSameNumberOnOneDayIsLeftOut() {
    Instant start = clock.instant().plus(Duration.ofDays(2));
    remind(visitIn(Duration.ofDays(2)), "confirm", start);
    remind(visitIn(Duration.ofDays(2)), "confirm", start);

    assertThat(sent("sms")).hasSize(1);
    assertThat(log.text()).contains("sms-limit channel=sms");
  }

  @Test
  void whoDidNotAgreeToTextsIsRemindedByMailOnceWhateverIsAgreedLater() {
    new Consent(true, false, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    String visit = visitIn(Duration.ofDays(2));
    Instant start = clock.instant().plus(Duration.ofDays(2));

    remind(visit, "confirm", start);
    new Consent(true, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    remind(visit, "confirm", start);

    assertThat(sent("sms")).isEmpty();
    assertThat(sent("email")).hasSize(1);
    assertThat(sent("email").get(0).subject()).startsWith("Please confirm your visit");
    assertThat(log.text()).containsOnlyOnce("no-consent channel=sms");
  }

  @Test
  void whoOptsOutOfTextsIsRemindedByMail() {
    report("{\"originationNumber\":\"+12065550142\",\"messageBody\":\"STOP\"}");
    remind(visitIn(Duration.ofDays(2)), "confirm", clock.instant().plus(Duration.ofDays(2)));

    assertThat(sent("sms")).isEmpty();
    assertThat(sent("email")).hasSize(1);
  }

  @Test
  void whoDidNotAgreeToMailIsRemindedByTextButNotAtNight() {
    new Consent(false, true, Optional.empty(), Optional.of("Asia/Tokyo"))
        .write(bookingId, rows, clock);
    String visit = visitIn(Duration.ofDays(7));
    Instant start = clock.instant().plus(Duration.ofDays(7));

    remind(visit, "week", start);
    assertThat(sandbox.outbox().messages()).as("it is past 3 in the morning there").isEmpty();
    clock.move(Duration.ofHours(6));
    remind(visit, "week", start);
    remind(visit, "week", start);

    assertThat(sent("email")).isEmpty();
    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void whoWantsNoMailIsNotSentATextInItsPlace() {
    String visit = visitIn(Duration.ofDays(7));
    report(
        "{\"notificationType\":\"Complaint\",\"complaint\":{\"complainedRecipients\":[{\"emailAddress\":\"%s\"}]},\"mail\":{\"messageId\":\"m-1\",\"destination\":[\"%s\"]}}"
            .formatted(EMAIL, EMAIL));

    remind(visit, "week", clock.instant().plus(Duration.ofDays(7)));

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("suppressed channel=email");
  }

  @Test
  void whoseAddressIsDeadIsRemindedByText() {
    String visit = visitIn(Duration.ofDays(7));
    report(
        "{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"%s\"}]},\"mail\":{\"messageId\":\"m-2\",\"destination\":[\"%s\"]}}"
            .formatted(EMAIL, EMAIL));

    remind(visit, "week", clock.instant().plus(Duration.ofDays(7)));

    assertThat(sent("email")).isEmpty();
    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void aStepTakesNoPlaceOfAnotherAtTheSameMoment() {
    ReminderStep mail = new ReminderStep("mail", DAY, "email", Duration.ZERO, false, false);
    ReminderStep text = new ReminderStep("text", DAY, "sms", Duration.ZERO, false, false);
    List<Channel> both = List.of(Channel.EMAIL, Channel.SMS);

    assertThat(Channel.of(text, List.of(text), both)).containsExactly(Channel.SMS, Channel.EMAIL);
    assertThat(Channel.of(text, List.of(mail, text), both)).containsExactly(Channel.SMS);
    assertThat(Channel.of(mail, List.of(mail, text), both)).containsExactly(Channel.EMAIL);
  }

  private String visitIn(Duration ahead) {
    return visitOf(patient(true), clock.instant().plus(ahead));
  }

  private String visitOf(String patient, Instant start) {
    String visit = appointment(patient);
    update(visit, patient, "proposed", start);
    return visit;
  }
}
