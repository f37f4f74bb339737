package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.ReadMail;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.sandbox.messages.OutboxMessage;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A message states the difference between what its patient was last told on that channel and the
 * state now.
 */
@QuarkusTest
class WhatIsToldTest extends SendMessageCase {

  @Test
  void oneVisitIsOneEntryFromBookingToRestoration() throws Exception {
    String patient = patient(true);
    String visit = appointment(patient);
    tell(visit, 0, Change.BOOKED);
    update(visit, patient, "proposed", start().plus(Duration.ofDays(1)));
    tell(visit, 1, Change.MOVED);
    moveByStaff(visit, start().plus(Duration.ofDays(2)));
    tell(visit, 2, Change.MOVED);
    sandbox.canvas().frontDesk().cancel(current(visit));
    tell(visit, 3, Change.CANCELLED);
    sandbox.canvas().frontDesk().restore(current(visit));
    tell(visit, 4, Change.RESTORED);

    List<ReadMail> mails = sent("email").stream().map(SendMessageCase::read).toList();
    assertThat(mails)
        .extracting(mail -> mail.event().getUid().getValue())
        .containsOnly(mails.get(0).event().getUid().getValue());
    assertThat(mails)
        .extracting(mail -> mail.event().getSequence().getValue())
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(mails)
        .extracting(mail -> mail.calendar().getMethod().getValue())
        .containsExactly("REQUEST", "REQUEST", "REQUEST", "CANCEL", "REQUEST");
    assertThat(mails)
        .extracting(mail -> mail.event().getStatus().getValue())
        .containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED");
    assertThat(mails.get(4).event().getDateStart().getValue().toInstant())
        .isEqualTo(start().plus(Duration.ofDays(2)));
    assertThat(subjects())
        .containsExactly(
            "Your visit is booked",
            "Your visit has moved",
            "Your visit has moved",
            "Your visit is cancelled",
            "Your visit takes place after all");
    assertThat(sent("sms")).hasSize(5);
  }

  @Test
  void ofTwoMovesInARowTheLastIsToldOnce() {
    String visit = told();
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    told(visit, 1, Change.MOVED);
    moveByStaff(visit, start().plus(Duration.ofDays(3)));
    told(visit, 2, Change.MOVED);

    deliver(visit, 1, Change.MOVED);
    deliver(visit, 2, Change.MOVED);

    assertThat(sent("email")).hasSize(1);
    assertThat(read(sent("email").get(0))).satisfies(mail -> isAt(mail, 3));
  }

  /**
   * The messages are requested as the fan-out does it: each waits for the settling time of the
   * practice.
   */
  @Test
  void movesWithinTheSettlingTimeAreOneMessage() {
    Duration settling = Duration.ofSeconds(practice.messages().settleSeconds());
    MemoryQueue<PatientMessage> queue = new MemoryQueue<>(clock);
    String visit = told();
    for (int move = 1; move <= 3; move++) {
      moveByStaff(visit, start().plus(Duration.ofDays(move)));
      told(visit, move, Change.MOVED);
      queue.send(PatientMessage.of(visit, Change.MOVED, visit + "#" + move, bookingId), settling);
      clock.move(settling.dividedBy(2));
      queue.due().forEach(this::deliver);
    }
    assertThat(sandbox.outbox().messages()).as("the first was due, and overtaken").isEmpty();
    clock.move(settling);
    queue.due().forEach(this::deliver);

    assertThat(subjects()).containsExactly("Your visit has moved");
    assertThat(sent("sms")).hasSize(1);
    assertThat(read(sent("email").get(0))).satisfies(mail -> isAt(mail, 3));
  }

  private void deliver(PatientMessage request) {
    int move = Integer.parseInt(request.messageKey().replaceFirst(".*#", ""));
    deliver(request.appointment(), move, Change.MOVED);
  }

  @Test
  void aMoveWhoseMessageWasOvertakenIsToldWithTheNextChange() {
    String visit = told();
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    told(visit, 1, Change.MOVED);
    sandbox.canvas().frontDesk().cancel(current(visit));
    told(visit, 2, Change.CANCELLED);
    sandbox.canvas().frontDesk().restore(current(visit));
    tell(visit, 3, Change.RESTORED);

    assertThat(subjects()).containsExactly("Your visit has moved");
  }

  @Test
  void aVisitThatIsBackWhereItWasIsNotTold() {
    String visit = told();
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    told(visit, 1, Change.MOVED);
    moveByStaff(visit, start());
    tell(visit, 2, Change.MOVED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("known-already channel=email", "known-already channel=sms");
  }

  @Test
  void whoMayHaveHeardOfACancellationIsToldThatTheVisitIsOn() {
    String visit = told();
    sandbox.canvas().frontDesk().cancel(current(visit));
    told(visit, 1, Change.CANCELLED);
    rowOfADeadWorker(visit, 1);
    sandbox.canvas().frontDesk().restore(current(visit));
    told(visit, 2, Change.RESTORED);
    clock.move(Duration.ofMinutes(2));
    deliver(visit, 2, Change.RESTORED);

    assertThat(subjects()).containsExactly("Your visit takes place after all");
    assertThat(sent("sms")).as("nothing was claimed there: it is back where it was").isEmpty();
  }

  private void rowOfADeadWorker(String visit, int sequence) {
    new Ledger(rows, clock)
        .claimOnce(
            MessageRequest.row(visit, Integer.toString(sequence), Channel.EMAIL),
            "",
            Duration.ofSeconds(45));
  }

  @Test
  void whoHasHeardNothingYetHearsOfABooking() {
    String visit = booked();
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    told(visit, 1, Change.MOVED);
    deliver(visit, 0, Change.BOOKED);
    deliver(visit, 1, Change.MOVED);

    assertThat(subjects()).containsExactly("Your visit is booked");
    assertThat(read(sent("email").get(0))).satisfies(mail -> isAt(mail, 1));
  }

  @Test
  void eachChannelGoesOnFromWhatItHasSaid() {
    String visit = booked();
    fault(clinic.scheduling.sandbox.http.Fault.Kind.STATUS, "POST /ses", 400, "MessageRejected");
    deliver(visit, 0, Change.BOOKED);
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    tell(visit, 1, Change.MOVED);

    assertThat(subjects()).as("the first mail was refused").containsExactly("Your visit is booked");
    assertThat(sent("sms").get(1).text()).contains("your visit is now");
  }

  @Test
  void aPatientWhoCancelledHearsThatItWasTheirWish() {
    String visit = told();
    request(RowKey.ofRequest(visit, "cancellation#" + Digest.of("key", "k")), "cancelled");
    clock.move(Duration.ofSeconds(20));
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(subjects()).containsExactly("You have cancelled your visit");
    assertThat(sent("sms").get(0).text()).contains("as you asked, your visit on");
  }

  @Test
  void aRequestThatLiesWhereRequestsUsedToLieIsFoundAmongThousands() {
    String visit = told();
    crowd("visit#" + visit, 2_500);
    request(RowKey.ofVisit(visit, "cancellation#" + Digest.of("key", "k")), "cancelled");
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(subjects()).containsExactly("You have cancelled your visit");
  }

  @Test
  void aPatientWhoseVisitIsCrowdedWithRequestsIsToldAllTheSame() {
    String visit = told();
    crowd("visit#" + visit, 2_500);
    crowd("request#" + visit, 12_000);
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(subjects()).containsExactly("Your visit is cancelled");
    assertThat(sent("sms")).hasSize(1);
  }

  @Test
  void whoAskedWhenTheClinicHadCancelledAlreadyDidNotCancel() {
    String visit = told();
    sandbox.canvas().frontDesk().cancel(visit);
    request(RowKey.ofRequest(visit, "cancellation#" + Digest.of("key", "k")), "stood cancelled");
    tell(visit, 1, Change.CANCELLED);

    assertThat(subjects()).containsExactly("Your visit is cancelled");
  }

  /** A refused request does not count, however soon the clinic cancels after it. */
  @ParameterizedTest
  @ValueSource(strings = {"refused", "refused again"})
  void whoWasRefusedAndThenCalledTheClinicDidNotCancelHere(String outcome) {
    String visit = told();
    unsettled(RowKey.ofRequest(visit, "cancellation#" + Digest.of("key", "k")), outcome);
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(subjects()).containsExactly("Your visit is cancelled");
  }

  @Test
  void whoseCancellationWasNotAnsweredHasCancelled() {
    String visit = told();
    unsettled(RowKey.ofRequest(visit, "cancellation#" + Digest.of("key", "k")), "");
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(subjects()).containsExactly("You have cancelled your visit");
  }

  private void unsettled(RowKey name, String external) {
    Instant now = clock.instant();
    Map<String, String> fields =
        Map.of("state", "DOUBT", "external", external, "leaseUntil", now.toString());
    rows.write(Row.fresh(name, now.plus(Duration.ofDays(2)), fields));
  }

  private void request(RowKey name, String outcome) {
    Ledger ledger = new Ledger(rows, clock);
    ledger.done(
        ((Claim.Granted) ledger.claimOnce(name, "f", Duration.ofSeconds(9))).fence(), outcome);
  }

  /**
   * Writes many requests to cancel into a partition. Earlier versions stored requests in the
   * partition of the visit.
   */
  private void crowd(String partition, int number) {
    Instant expires = clock.instant().plus(Duration.ofDays(400));
    Map<String, String> fields =
        Map.of("state", "DONE", "leaseUntil", clock.instant().minus(Duration.ofDays(9)).toString());
    List<Row> many =
        IntStream.range(0, number)
            .mapToObj(i -> new RowKey(partition, "cancellation#" + Digest.of("key", "many" + i)))
            .map(key -> Row.fresh(key, expires, fields))
            .toList();
    for (int from = 0; from < number; from += 100) {
      rows.write(many.subList(from, from + 100));
      clock.move(Duration.ofSeconds(1));
    }
  }

  @Test
  void aCancellationByTheClinicDaysAfterAnotherByThePatientIsTheClinics() {
    String visit = told();
    request(RowKey.ofRequest(visit, "cancellation#" + Digest.of("key", "k")), "cancelled");
    clock.move(Duration.ofDays(2));
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(subjects()).containsExactly("Your visit is cancelled");
  }

  private String told() {
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    assertThat(sent("email")).hasSize(1);
    sandbox.outbox().clear();
    return visit;
  }

  private List<String> subjects() {
    return sent("email").stream()
        .map(OutboxMessage::subject)
        .map(subject -> subject.substring(0, subject.indexOf(':')))
        .toList();
  }

  private void isAt(ReadMail mail, int daysLater) throws Exception {
    Instant start = start().plus(Duration.ofDays(daysLater));
    assertThat(mail.event().getDateStart().getValue().toInstant()).isEqualTo(start);
  }
}
