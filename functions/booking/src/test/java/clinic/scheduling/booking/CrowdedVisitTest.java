package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many requests to change a visit there are, the partition of the visit has few rows. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class CrowdedVisitTest extends BookingCase {
  @Inject SignedTokens tokens;

  @Test
  void manyCancellationsOfACancelledVisitLeaveTheRowsOfTheVisitAlone() {
    Answer visit = book();
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      answers.add(cancel(visit, Desk.key()));
    }

    assertThat(rows("visit#", visit))
        .extracting(row -> row.key().sort())
        .containsExactly("changes");
    assertThat(rows("request#", visit)).hasSize(CallLimits.REQUESTS_PER_VISIT_AND_DAY);
    assertThat(answers.subList(0, CallLimits.REQUESTS_PER_VISIT_AND_DAY))
        .allMatch(answer -> answer.status() == 200);
    assertThat(answers.subList(CallLimits.REQUESTS_PER_VISIT_AND_DAY, answers.size()))
        .allMatch(answer -> answer.status() == 429 && answer.headers().containsKey("Retry-After"));
  }

  @Test
  void aRepeatIsAnsweredAsBeforeHoweverManyRequestsThereWere() {
    Answer visit = book();
    String key = Desk.key();
    assertThat(cancel(visit, key).status()).isEqualTo(200);
    for (int i = 0; i < CallLimits.REQUESTS_PER_VISIT_AND_DAY; i++) {
      cancel(visit, Desk.key());
    }

    assertThat(cancel(visit, Desk.key()).status()).isEqualTo(429);
    assertThat(cancel(visit, key).status()).isEqualTo(200);
    assertThat(calls.read(visit.id(), visit.token()).status()).isEqualTo(200);
  }

  @Test
  void anotherVisitIsNotRefusedForIt() {
    Answer crowded = book();
    Answer other = book();
    for (int i = 0; i <= CallLimits.REQUESTS_PER_VISIT_AND_DAY; i++) {
      cancel(crowded, Desk.key());
    }

    assertThat(cancel(other, Desk.key()).status()).isEqualTo(200);
  }

  @Test
  void theVisitCanBeCancelledThoughManyMovesWereRefused() {
    Answer visit = book();
    for (int i = 0; i < CallLimits.REQUESTS_PER_VISIT_AND_DAY; i++) {
      move(visit, Desk.key(), desk.expired(desk.freshStart()));
    }
    assertThat(move(visit, Desk.key(), desk.freshSlot()).status()).isEqualTo(429);

    assertThat(cancel(visit, Desk.key()).status()).isEqualTo(200);
    assertThat(cancel(visit, Desk.key()).status()).as("nothing to cancel").isEqualTo(429);
    clock.move(Duration.ofDays(1));
    assertThat(cancel(visit, Desk.key()).status()).isEqualTo(200);
  }

  @Test
  void ofRequestsToCancelWhatStandsOnlySoManyAreTakenInADay() {
    Answer visit = book();
    sandbox.canvas().faults().add(Fault.status(503, "PUT", "/Appointment/").times(9_999));
    int taken = 0;
    while (taken < 99 && cancel(visit, Desk.key()).status() != 429) {
      taken++;
    }

    assertThat(taken).isEqualTo(50);
  }

  @Test
  void whatChangedNothingIsForgottenAfterTwoDaysAndWhatDidIsNot() {
    Answer visit = book();
    move(visit, Desk.key(), desk.expired(desk.freshStart()));
    move(visit, Desk.key(), desk.freshSlot());
    cancel(visit, Desk.key());
    cancel(visit, Desk.key());
    assertThat(requests(visit)).hasSize(4);

    clock.move(Duration.ofDays(2));

    assertThat(requests(visit))
        .hasSize(2)
        .anyMatch(row -> row.key().sort().startsWith("reschedule#"))
        .anyMatch(row -> row.key().sort().startsWith("cancellation#"));
  }

  @Test
  void aMoveToWhereTheVisitIsAlreadyChangesNothing() {
    String slot = desk.freshSlot();
    Answer visit = calls.book(Desk.key(), desk.body(slot));
    assertThat(move(visit, Desk.key(), slot).status()).isEqualTo(200);

    clock.move(Duration.ofDays(2));

    assertThat(rows("request#", visit)).isEmpty();
  }

  @Test
  void aRefusedRequestIsForgottenAfterTwoDays() {
    Answer visit = book();
    cancel(visit, Desk.key());
    clock.move(Duration.ofDays(1));
    assertThat(move(visit, Desk.key(), desk.freshSlot()).status()).isEqualTo(409);
    assertThat(rows("request#", visit)).hasSize(2);

    clock.move(Duration.ofDays(2));

    assertThat(rows("request#", visit)).as("the cancellation").hasSize(1);
  }

  @Test
  void aBookingThatALimitRefusedIsForgottenAfterTwoDays() {
    String key = Desk.key();
    String body = desk.body(desk.freshSlot());
    Idempotency strict = new Idempotency(rows, clock, tokens, () -> Duration.ofSeconds(50));
    RowKey name = RowKey.ofBooking("bk-" + key, "request");
    Idempotency.Known known = strict.ofBooking("bk-" + key, Request.parse(body));
    assertThatThrownBy(
            () ->
                known.once(
                    Outcome::parse,
                    mayHaveActed -> {
                      throw Problem.of(ProblemType.TOO_MANY_REQUESTS, "").asException();
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(rows.read(name)).isPresent();

    clock.move(Duration.ofDays(2));

    assertThat(rows.read(name)).isEmpty();
  }

  @Test
  void aCancellationThatMayHaveHappenedIsKept() {
    Answer visit = book();
    String key = Desk.key();
    sandbox.canvas().faults().add(Fault.once(Fault.Kind.CUT_AFTER_EFFECT, "PUT", "/Appointment"));
    Answer lost = cancel(visit, key);
    sandbox.canvas().faults().clear();
    assertThat(lost.status()).isIn(200, 503);
    assertThat(cancel(visit, key).status()).isEqualTo(200);

    clock.move(Duration.ofDays(3));

    assertThat(requests(visit)).hasSize(1);
    assertThat(requests(visit).get(0).field("external")).contains("cancelled");
  }

  @Test
  void aRequestThatWasSettledUnderItsFormerNameIsNotDoneAgain() {
    Answer visit = book();
    String key = Desk.key();
    RowKey former = RowKey.ofVisit(visit.id(), "cancellation#" + Digest.of("key", key));
    String asked = Digest.keyed(tokens.digestKey("idempotency"), Request.parse("{}").toString());
    Ledger ledger = new Ledger(rows, clock);
    ledger.done(
        ledger.claimOnce(former, asked, Duration.ofSeconds(9)).won().orElseThrow(), "cancelled");

    Answer repeat = cancel(visit, key);
    Answer other = calls.cancel(visit.id(), visit.token(), key, "{\"reason\":\"ill\"}");

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.body().path("status").asText()).as("nothing was done").isEqualTo("scheduled");
    assertThat(other.status()).isEqualTo(422);
    assertThat(rows("request#", visit)).isEmpty();
  }

  private Answer book() {
    return calls.book(Desk.key(), desk.body(desk.freshSlot()));
  }

  private Answer cancel(Answer visit, String key) {
    return calls.cancel(visit.id(), visit.token(), key, "{}");
  }

  private Answer move(Answer visit, String key, String slot) {
    return calls.move(visit.id(), visit.token(), key, slot);
  }

  private List<Row> requests(Answer visit) {
    return rows("request#", visit).stream()
        .filter(row -> row.key().sort().split("#", -1).length == 2)
        .toList();
  }

  private List<Row> rows(String kind, Answer visit) {
    return rows.readStartingWith(kind + visit.id(), "", 10_000);
  }
}
