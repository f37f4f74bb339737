package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.messages.OutboxMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A report of AWS is matched to its message by our own names, whatever addresses the report quotes.
 * No answer of a patient is lost.
 */
@QuarkusTest
@TestProfile(Strict.class)
class ProviderReportsTest extends SendMessageCase {
  private static final String STRANGER = "stranger.canary@elsewhere.example.invalid";
  private static final String NUMBER = "+12065550142";

  @Inject Contacts contacts;

  @BeforeEach
  void byDay() {
    ZoneId clinic = ZoneId.of("America/Los_Angeles");
    Instant noon =
        LocalDate.ofInstant(clock.instant(), clinic)
            .plusDays(1)
            .atTime(LocalTime.NOON)
            .atZone(clinic)
            .toInstant();
    clock.move(Duration.between(clock.instant(), noon));
  }

  @ParameterizedTest
  @CsvSource({
    "bounce, 'stranger.canary@elsewhere.example.invalid'",
    "bounce, 'stranger.canary@elsewhere.example.invalid|another@elsewhere.example.invalid'",
    "bounce, ''",
    "complaint, 'stranger.canary@elsewhere.example.invalid'"
  })
  void whatIsHeldIsTheAddressThatWasWrittenToAndNeverTheOneInTheReport(
      String kind, String addresses) {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);

    report(made(kind, sent("email").get(0), addresses));
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    tell(visit, 1, Change.MOVED);

    assertThat(sent("email")).as("none after the report").hasSize(1);
    assertThat(isHeld(EMAIL)).isTrue();
    assertThat(isHeld(STRANGER)).isFalse();
    assertThat(log.text() + rows.text()).doesNotContainIgnoringCase("canary", "elsewhere");
  }

  @Test
  void aMailThatWasSentBeforeItBoreTheTagIsKnownByItsReceiver() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);

    report(made("bounce", sent("email").get(0), STRANGER).replace("\"contact\"", "\"older\""));

    assertThat(isHeld(EMAIL)).isTrue();
    assertThat(isHeld(STRANGER)).isFalse();
  }

  @Test
  void aReportThatNamesNoMailOfOursHoldsNobody() {
    booked();
    report(
        """
        {"eventType":"Bounce","bounce":{"bounceType":"Permanent",
         "bouncedRecipients":[{"emailAddress":"%s"}]},"mail":{"messageId":"m-1"}}
        """
            .formatted(EMAIL));

    assertThat(isHeld(EMAIL)).isFalse();
    assertThat(log.text()).contains("event-without-contact why=bounced message=m-1");
    assertThat(reviewList()).contains("mail#m-1#bounced");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bounce", "bounce-for-now", "reject"})
  void aReminderThatDoesNotArriveByMailComesByText(String kind) {
    String visit = booked();
    remindByMail(visit);
    assertThat(sent("email")).hasSize(1);
    assertThat(sent("sms")).isEmpty();

    for (int times = 0; times < 2; times++) {
      report(made(kind, sent("email").get(0), ""));
      deliverWhatWaits();
    }

    assertThat(sent("sms")).as("once").hasSize(1);
    assertThat(sent("email")).hasSize(1);
    assertThat(isHeld(EMAIL)).isEqualTo(kind.equals("bounce"));
    assertThat(reviewList()).contains("mail#" + visit + "#week-", "visit=" + visit);
  }

  @Test
  void whatIsOnlyLateIsListedAndNotSaidTwice() {
    String visit = booked();
    remindByMail(visit);

    report(made("delay", sent("email").get(0), ""));
    deliverWhatWaits();

    assertThat(sent("sms")).isEmpty();
    assertThat(reviewList()).contains("#delayed", "why=delayed");
  }

  @Test
  void whoComplainsOfMailGetsNoTextInItsPlace() {
    String visit = booked();
    remindByMail(visit);

    report(made("complaint", sent("email").get(0), ""));
    deliverWhatWaits();

    assertThat(sent("sms")).isEmpty();
  }

  @Test
  void aTextThatWasLeftToTheMailIsSentIfTheMailDoesNotArrive() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    tell(visit, 1, Change.MOVED);
    assertThat(sent("sms")).as("one a day").hasSize(1);

    for (int times = 0; times < 2; times++) {
      report(made("bounce-for-now", sent("email").get(1), ""));
      deliverWhatWaits();
    }

    assertThat(sent("sms")).hasSize(2);
    assertThat(sent("sms").get(1).text()).contains("your visit is now");
  }

  @Test
  void aMailThatSomethingNewerHasOvertakenIsNotSaidByText() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    told(visit, 1, Change.MOVED);

    report(made("bounce-for-now", sent("email").get(0), ""));
    deliverWhatWaits();

    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void anAnswerThatAPersonHasToReadIsInTheChartAndOnTheListAndNowhereElse() throws Exception {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);

    for (int times = 0; times < 2; times++) {
      report(
          answer(
              "i-77",
              "Can you send this canary to my husband? My shift will end late so message him"));
    }

    assertThat(isHeld(Channel.SMS, NUMBER)).isFalse();
    assertThat(reviewList()).contains("answer#", "answer=i-77", "visit=" + visit);
    assertThat(chart()).containsOnlyOnce("this canary to my husband");
    assertThat(reviewList()).contains("charted=true").doesNotContain("charted=false");
    assertThat(log.text()).contains("answer-to-read answer=i-77 charted=true");
    assertThat(log.text() + rows.text()).doesNotContainIgnoringCase("canary", "2065550142");
  }

  @Test
  void anAnswerFromANumberThatWeHaveNotTextedIsListedOnly() throws Exception {
    report(answer("i-78", "please cancel my kanary appointment"));

    assertThat(reviewList()).contains("answer=i-78").doesNotContain("kanary");
    assertThat(chart()).doesNotContain("kanary");
  }

  @Test
  void anAnswerThatCanvasDoesNotTakeComesAgain() throws Exception {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    sandbox.canvas().faults().add(Fault.status(429, "POST", "/Communication"));

    assertThatThrownBy(() -> report(answer("i-79", "please cancel the zanary visit")))
        .isInstanceOf(RuntimeException.class);
    sandbox.canvas().faults().clear();
    report(answer("i-79", "please cancel the zanary visit"));

    assertThat(chart()).containsOnlyOnce("zanary");
  }

  @Test
  void nobodyFillsAChartByText() throws Exception {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);

    for (int text = 0; text < 25; text++) {
      report(answer("many-" + text, "please cancel the banary visit"));
    }

    assertThat(chart().split("banary", -1)).hasSize(20 + 1);
    assertThat(reviewList()).contains("answer=many-24");
    assertThat(log.text())
        .contains("answer-to-read answer=many-19 charted=true")
        .contains("answer-to-read answer=many-20 charted=false");
    assertThat(reviewList().split("charted=true", -1)).hasSize(20 + 1);
    assertThat(reviewList().split("charted=false", -1)).hasSize(5 + 1);
  }

  @Test
  void pleaseStopStops() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);

    report(answer("i-80", "Please stop"));

    assertThat(isHeld(Channel.SMS, NUMBER)).isTrue();
  }

  /**
   * Decision 25: the record has consent for the address and for the number, and texts were not
   * ticked.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bounce", "bounce-for-now"})
  void aMailThatDoesNotArriveIsSaidByTextWhereTheRecordAgreesAlthoughNoTextWasTicked(String kind) {
    ticked(true, false);
    String visit = appointment(patient(true));
    tell(visit, 0, Change.BOOKED);
    assertThat(sent("sms")).isEmpty();

    for (int times = 0; times < 2; times++) {
      report(made(kind, sent("email").get(0), ""));
      deliverWhatWaits();
    }

    assertThat(sent("sms")).hasSize(1);
    assertThat(sent("sms").get(0).text()).contains("you are booked for");
    assertThat(sent("email")).hasSize(1);
    assertThat(reviewList()).doesNotContain("untold#");
  }

  @ParameterizedTest
  @CsvSource({"bounce, false", "bounce-for-now, false", "bounce, true", "bounce-for-now, true"})
  void aMailThatDoesNotArriveWhereNothingElseReachesThePatientIsListedAsUntold(
      String kind, boolean stopped) {
    ticked(true, stopped);
    String visit = appointment(newPatient());
    if (stopped) {
      report(answer("i-1", "STOP"));
    }
    tell(visit, 0, Change.BOOKED);
    assertThat(reviewList()).doesNotContain("untold#");

    for (int times = 0; times < 2; times++) {
      report(made(kind, sent("email").get(0), ""));
      deliverWhatWaits();
    }

    assertThat(sent("sms")).isEmpty();
    assertThat(reviewList()).contains("untold#" + visit + "#0");
    assertThat(log.text()).containsOnlyOnce("patient-untold visit=" + visit);
  }

  @Test
  void aMailThatSesRefusesIsSaidByTextHoweverManyThereWere() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    refuse("POST /ses", "MessageRejected");
    tell(visit, 1, Change.MOVED);

    assertThat(sent("email")).hasSize(1);
    assertThat(sent("sms")).hasSize(2);
    assertThat(sent("sms").get(1).text()).contains("your visit is now");
    assertThat(reviewList()).contains("mail#" + visit + "#1#rejected").doesNotContain("untold#");
  }

  @Test
  void aMailThatSesRefusesAtTheSecondTryIsSaidByTheTextThatWasLeftToIt() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    told(visit, 1, Change.MOVED);
    refuse("POST /ses", "Throttling");
    deliverInVain(visit, 1, Change.MOVED);
    assertThat(sent("sms")).as("left to the mail").hasSize(1);

    refuse("POST /ses", "MessageRejected");
    deliver(visit, 1, Change.MOVED);
    deliver(visit, 1, Change.MOVED);

    assertThat(sent("email")).hasSize(1);
    assertThat(sent("sms")).hasSize(2);
  }

  @Test
  void aRefusedMailWithNothingElseIsListedAsUntold() {
    ticked(true, false);
    String visit = appointment(newPatient());
    refuse("POST /ses", "MessageRejected");
    tell(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sandbox.outbox().messages()).extracting(OutboxMessage::channel).isEmpty();
    assertThat(reviewList()).contains("untold#" + visit + "#0");
    assertThat(log.text()).containsOnlyOnce("patient-untold visit=" + visit);
  }

  @ParameterizedTest
  @CsvSource({"OptedOut, true", "InvalidParameter, false"})
  void aTextThatSnsRefusesIsListedAsUntoldIfThereIsNoMail(String code, boolean held) {
    ticked(false, true);
    String visit = appointment(newPatient());
    refuse("POST /sns", code);
    tell(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("sms")).isEmpty();
    assertThat(isHeld(Channel.SMS, NUMBER)).isEqualTo(held);
    assertThat(reviewList()).contains("untold#" + visit + "#0");
    assertThat(log.text()).containsOnlyOnce("patient-untold visit=" + visit);
  }

  @Test
  void aTextThatSnsRefusesIsNoTroubleWhereTheMailWentOut() {
    String visit = booked();
    refuse("POST /sns", "InvalidParameter");
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
    assertThat(reviewList()).doesNotContain("untold#");
  }

  @Test
  void aReminderThatItsProviderRefusesComesOnTheOtherChannel() {
    String visit = booked();
    refuse("POST /ses", "MessageRejected");
    remindByMail(visit);
    assertThat(sent("email")).isEmpty();
    assertThat(sent("sms")).hasSize(1);

    Instant start = canvasStart(visit);
    clock.move(Duration.between(clock.instant(), start.minus(Duration.ofDays(2))));
    refuse("POST /sns", "OptedOut");
    remind(visit, "confirm", start);
    remind(visit, "confirm", start);

    assertThat(sent("sms")).hasSize(1);
    assertThat(sent("email")).hasSize(1);
    assertThat(isHeld(Channel.SMS, NUMBER)).isTrue();
  }

  @Test
  void whoSaysYesConfirmsTheVisitOfTheTextThatTheyHaveAndNotOfOneThatWaits() {
    ticked(false, true);
    String patient = newPatient();
    String first = appointment(patient);
    tell(first, 0, Change.BOOKED);
    fillTheCapOf(Channel.SMS, NUMBER);
    String second = appointment(patient);
    tell(second, 0, Change.BOOKED);
    assertThat(sent("sms")).hasSize(1);

    report(answer("i-1", "C"));
    assertThat(status(first)).isEqualTo("booked");
    assertThat(status(second)).isEqualTo("proposed");

    clock.move(Duration.ofDays(1));
    deliver(second, 0, Change.BOOKED);
    report(answer("i-2", "C"));
    assertThat(status(second)).isEqualTo("booked");
  }

  @Test
  void norOfOneThatSnsCouldNotTakeYet() {
    ticked(false, true);
    String patient = newPatient();
    String first = appointment(patient);
    tell(first, 0, Change.BOOKED);
    String second = appointment(patient);
    told(second, 0, Change.BOOKED);
    refuse("POST /sns", "Throttling");
    deliverInVain(second, 0, Change.BOOKED);

    report(answer("i-1", "C"));

    assertThat(status(first)).isEqualTo("booked");
    assertThat(status(second)).isEqualTo("proposed");
  }

  @Test
  void aChangeThatWaitsAtACapUntilTheVisitHasBegunIsListedAsUntold() {
    ticked(false, true);
    String visit = appointment(newPatient());
    clock.move(Duration.ofDays(6));
    fillTheCapOf(Channel.SMS, NUMBER);
    Instant begins = canvasStart(visit);
    clock.move(Duration.between(clock.instant(), begins.minus(Duration.ofMinutes(30))));
    fillTheCapOf(Channel.SMS, NUMBER);
    tell(visit, 0, Change.BOOKED);
    clock.move(Duration.ofHours(1));
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("sms")).isEmpty();
    assertThat(reviewList()).contains("untold#" + visit + "#0");
    assertThat(log.text()).contains("message-not-due why=over", "patient-untold visit=" + visit);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMailThatBouncesAfterTheVisitHasBegunIsListedUnlessATextSaidIt(boolean text) {
    ticked(true, text);
    String visit = appointment(newPatient());
    tell(visit, 0, Change.BOOKED);
    Instant begins = canvasStart(visit);
    clock.move(Duration.between(clock.instant(), begins.plus(Duration.ofMinutes(1))));

    report(made("bounce-for-now", sent("email").get(0), ""));
    deliverWhatWaits();

    assertThat(log.text()).contains("message-not-due why=over");
    assertThat(reviewList().contains("untold#" + visit)).isNotEqualTo(text);
  }

  @Test
  void aVisitThatWasWrittenDownAfterItBeganIsNoTrouble() {
    ticked(true, true);
    String visit = appointment(newPatient());
    clock.move(Duration.ofDays(8));
    tell(visit, 0, Change.BOOKED);

    assertThat(log.text()).contains("message-not-due why=over").doesNotContain("patient-untold");
  }

  private void ticked(boolean email, boolean sms) {
    new Consent(email, sms, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
  }

  private void refuse(String where, String code) {
    fault(clinic.scheduling.sandbox.http.Fault.Kind.STATUS, where, 400, code);
  }

  private String status(String visit) {
    return VisitThread.of(visit, canvas).orElseThrow().current().status();
  }

  private Instant canvasStart(String visit) {
    return VisitThread.of(visit, canvas).orElseThrow().current().time().orElseThrow().start();
  }

  private void fillTheCapOf(Channel channel, String address) {
    String contact = contacts.name(channel, Phi.of(address));
    MessageLimits limits = new MessageLimits(rows, practice, clock);
    for (int n = 0; n < practice.messages().caps().smsPerContactPerDay(); n++) {
      limits.count(
          channel, contact, false, RowKey.ofVisit("filled-" + UUID.randomUUID(), "message#0#sms"));
    }
  }

  /** Reminds by mail of a visit that was booked long ago and begins in a week. */
  private void remindByMail(String visit) {
    Instant start = start().plus(Duration.ofDays(30));
    moveByStaff(visit, start);
    told(visit, 1, Change.MOVED);
    clock.move(Duration.between(clock.instant(), start.minus(Duration.ofDays(7))));
    remind(visit, "week", start);
  }

  /** Delivers the deferred messages that are due, as the reminders run does some minutes later. */
  private void deliverWhatWaits() {
    Instant before = clock.instant().minus(Duration.ofHours(1));
    clock.move(Duration.ofMinutes(5));
    List<PatientMessage> due = new ArrayList<>();
    new DeferredMessages(rows, clock)
        .handOver(
            before,
            clock.instant(),
            page -> {
              page.forEach(one -> due.add(one.request()));
              return true;
            });
    due.forEach(
        request -> {
          try {
            deliver(mapper.writeValueAsString(request), 1);
          } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private boolean isHeld(String address) {
    return isHeld(Channel.EMAIL, address);
  }

  private boolean isHeld(Channel channel, String address) {
    return contacts.isSuppressed(contacts.name(channel, Phi.of(address)), false);
  }

  private String reviewList() {
    String day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    return rows.readStartingWith("trouble#" + day, "", Rows.PAGE).toString();
  }

  /** The report that the stand-in for AWS makes about a message. */
  private String made(String kind, OutboxMessage message, String addresses) {
    List<String> events = new ArrayList<>();
    sandbox.messages().reports().to(events::add);
    String quoted =
        List.of(addresses.split("\\|")).stream()
            .map(one -> "\"" + one + "\"")
            .collect(Collectors.joining(","));
    post(
        "{\"kind\":\"%s\",\"message\":\"%s\"%s}"
            .formatted(
                kind, message.id(), addresses.isEmpty() ? "" : ",\"addresses\":[" + quoted + "]"));
    return events.get(0);
  }

  private void post(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/messages-control/reports"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(exchange(request)).isEmpty();
  }

  private String chart() {
    String form = "grant_type=client_credentials&client_id=test-client&client_secret=test-secret";
    String token =
        exchange(
                HttpRequest.newBuilder(URI.create(sandbox.url() + "/canvas/auth/token/"))
                    .header("content-type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build())
            .replaceAll("(?s).*\"access_token\" ?: ?\"([^\"]+)\".*", "$1");
    return exchange(
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/canvas/Communication?_count=100"))
            .header("authorization", "Bearer " + token)
            .build());
  }

  private static String exchange(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String answer(String id, String text) {
    return """
    {"originationNumber":"%s","destinationNumber":"+18885550100","messageKeyword":"K",
     "messageBody":"%s","inboundMessageId":"%s","previousPublishedMessageId":"p-1"}
    """
        .formatted(NUMBER, text, id);
  }
}
