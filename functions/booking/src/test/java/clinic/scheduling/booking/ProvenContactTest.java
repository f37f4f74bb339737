package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.booking.create.CreateAppointment;
import clinic.scheduling.booking.create.Creating;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.queue.VerificationMessage;
import clinic.scheduling.sandbox.canvas.World;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A visit is booked once, after the right code, however often and whenever the code is sent; and
 * never without it.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(VerifiedContacts.class)
class ProvenContactTest extends VerifiedCase {
  private static final int TRIES = 5;

  @Inject Mortality life;
  @Inject Holds holds;
  @Inject Creating creating;

  @AfterEach
  void live() {
    life.live();
  }

  @Test
  void aBookingWaitsForItsCodeAndIsThenMade() {
    String key = key();
    String body = desk.body(slot);

    Answer begun = calls.book(key, body);
    String id = id(begun);

    assertThat(begun.status()).isEqualTo(202);
    assertThat(begun.body().at("/verification/channel").asText()).isEqualTo("email");
    assertThat(end(begun)).isEqualTo(clock.instant().plus(LENGTH));
    assertThat(codes.sent()).containsExactly(new VerificationMessage(2, id, 1));
    assertThat(standingAt(wanted.start())).isEmpty();
    assertThat(changes.sent()).isEmpty();

    Answer booked = proved(id);

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(booked.headers()).containsEntry("Location", "/appointments/" + booked.id());
    assertThat(standingAt(wanted.start())).hasSize(1);
    assertThat(calls.read(booked.id(), booked.token()).status()).isEqualTo(200);
    assertThat(changes.sent()).hasSize(1);
    assertThat(held()).hasSize(1);
    assertThat(held().get(0).owner()).startsWith("bk-");
  }

  @Test
  void aRepeatOfTheRequestGetsTheSameVerificationAndNoFurtherCode() {
    String key = key();
    String body = desk.body(slot);
    Answer first = calls.book(key, body);
    clock.move(Duration.ofMinutes(2));

    Answer repeat = calls.book(key, body);
    Answer other = calls.book(key, body.replace("Canary", "Another"));
    proved(id(first));
    Answer late = calls.book(key, body);
    clock.move(LENGTH);
    Answer ended = calls.book(key, body);

    assertThat(repeat.status()).isEqualTo(202);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(other.type()).isEqualTo("idempotency-key-reused");
    assertThat(id(late)).isEqualTo(id(first));
    assertThat(ended.type()).isEqualTo("verification-expired");
    assertThat(codes.sent()).hasSize(1);
  }

  @Test
  void everyRepeatOfTheRightCodeGetsTheSameAnswer() {
    String id = begun(desk.body(slot));
    String code = code(id);
    Answer first = calls.prove(id, code);
    for (int i = 0; i < 12; i++) {
      Answer repeat = calls.prove(id, code);

      assertThat(repeat.status()).as(repeat.text()).isEqualTo(201);
      assertThat(repeat.body()).isEqualTo(first.body());
    }
    assertThat(standingAt(wanted.start())).hasSize(1);
    assertThat(changes.sent()).hasSize(1);

    clock.move(LENGTH);

    assertThat(calls.prove(id, code).type()).isEqualTo("verification-expired");
  }

  @Test
  void ofRightCodesAtTheSameMomentOneBooksAndTheOthersGetItsAnswer() throws Exception {
    for (int round = 0; round < 10; round++) {
      Offer offer = offers.office(round, 3);
      String id = begun(desk.body(offers.slot(offer)));
      String code = code(id);
      int patients = sandbox.canvas().patientCount();

      List<Answer> all = atOnce(4, number -> calls.prove(id, code));
      Answer settled = calls.prove(id, code);

      assertThat(all)
          .allMatch(one -> one.status() == 201 || one.type().equals("in-progress"))
          .anyMatch(one -> one.status() == 201);
      assertThat(all.stream().filter(one -> one.status() == 201).map(Answer::id))
          .containsOnly(settled.id());
      assertThat(standingAt(offer.start())).hasSize(1);
      assertThat(sandbox.canvas().patientCount()).isEqualTo(patients + 1);
    }
  }

  @Test
  void aProcessThatDiesAnywhereBetweenCodeAndAnswerBooksOnce() {
    straight.open(sandbox);
    int deaths = 0;
    for (int step = 1; ; step++) {
      Offer offer = offers.office(step / 12, step % 12);
      String id = begun(desk.body(offers.slot(offer)));
      String code = code(id);
      int patients = sandbox.canvas().patientCount();
      boolean died = diesAt(step, () -> calls.prove(id, code));
      clock.move(PAST_EVERY_LEASE);

      Answer settled = calls.prove(id, code);

      String where = "killed at step " + step;
      assertThat(settled.status()).as(where + settled.text()).isEqualTo(201);
      assertThat(calls.prove(id, code).id()).as(where).isEqualTo(settled.id());
      assertThat(standingAt(offer.start())).as(where).hasSize(1);
      assertThat(sandbox.canvas().patientCount()).as(where).isEqualTo(patients + 1);
      assertThat(changes.sent()).as(where).isNotEmpty();
      changes.clear();
      clock.move(PAST_EVERY_LEASE.negated());
      if (!died) {
        break;
      }
      deaths++;
    }
    assertThat(deaths).isGreaterThan(20);
  }

  /** The repeat comes soon, or after the verification that nobody knows of has ended. */
  @ParameterizedTest
  @ValueSource(ints = {65, 660})
  void aProcessThatDiesWhileItBeginsIsFollowedByOneVerificationAndOneCode(int seconds) {
    straight.open(sandbox);
    Duration late = Duration.ofSeconds(seconds);
    int deaths = 0;
    for (int step = 1; ; step++) {
      rows.clear();
      codes.clear();
      String key = key();
      String body = desk.body(slot);
      boolean died = diesAt(step, () -> calls.book(key, body));
      clock.move(late);

      Answer repeat = calls.book(key, body);

      String where = "killed at step " + step;
      if (repeat.type().equals("verification-expired")) {
        assertThat(late).as(where + ": its outcome was recorded").isGreaterThan(LENGTH);
        break;
      }
      assertThat(repeat.status()).as(where + repeat.text()).isEqualTo(202);
      Set<VerificationMessage> different = new HashSet<>(codes.sent());
      assertThat(different).as(where).containsExactly(VerificationMessage.of(id(repeat), 1));
      assertThat(held()).as(where).hasSize(1);
      assertThat(proved(id(repeat)).status()).as(where).isEqualTo(201);
      sandbox.canvas().become(World.local());
      clock.move(late.negated());
      if (!died) {
        break;
      }
      deaths++;
    }
    assertThat(deaths).isGreaterThan(12);
  }

  @Test
  void noSixthCodeIsComparedHoweverManyComeAtOnce() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = begun(desk.body(offers.slot(offers.office(round, 3))));
      String right = code(id);
      String wrong = wrong(id);

      List<Answer> all = atOnce(24, number -> calls.prove(id, wrong));
      Answer late = calls.prove(id, right);

      assertThat(all).extracting(Answer::type).containsOnly("wrong-code", "verification-expired");
      assertThat(all.stream().filter(one -> one.type().equals("wrong-code")))
          .extracting(one -> one.body().path("triesLeft").asInt())
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TRIES).boxed().toList());
      assertThat(late.type()).isEqualTo("verification-expired");
      assertThat(standingAt(offers.office(round, 3).start())).isEmpty();
    }
  }

  @Test
  void wrongCodesAreTriedUpAndThenTheTimeIsFree() {
    String id = begun(desk.body(slot));
    for (int left = TRIES - 1; left >= 0; left--) {
      assertThat(held()).hasSize(1);
      Answer answer = calls.prove(id, wrong(id));
      assertThat(answer.type()).isEqualTo("wrong-code");
      assertThat(answer.body().path("triesLeft").asInt()).isEqualTo(left);
    }

    Answer more = calls.anotherCode(id);

    assertThat(more.type()).isEqualTo("verification-expired");
    assertThat(held()).isEmpty();
    assertThat(codes.sent()).hasSize(1);
    assertThat(begun(desk.body(slot))).isNotEqualTo(id);
  }

  @Test
  void theRightCodeStillBooksAfterFourWrongOnes() {
    String id = begun(desk.body(slot));
    for (int i = 0; i < TRIES - 1; i++) {
      calls.prove(id, wrong(id));
    }
    String code = code(id);

    assertThat(calls.prove(id, code).status()).isEqualTo(201);
    assertThat(calls.prove(id, code).status()).isEqualTo(201);
    assertThat(calls.prove(id, wrong(id)).body().path("triesLeft").asInt()).isZero();
    assertThat(calls.prove(id, code).type()).isEqualTo("verification-expired");
  }

  @Test
  void aCodeIsRightForTenMinutes() {
    String early = begun(desk.body(slot));
    String late = begun(desk.body(offers.slot(offers.office(0, 6))));
    String lateCode = code(late);

    clock.move(LENGTH.minusSeconds(1));
    Answer booked = proved(early);
    clock.move(Duration.ofSeconds(1));
    Answer refused = calls.prove(late, lateCode);

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(refused.type()).isEqualTo("verification-expired");
    assertThat(calls.anotherCode(late).type()).isEqualTo("verification-expired");
  }

  @Test
  void aSlotThatWasOfferedLongAgoIsStillBookedWithItsCode() {
    clock.move(Duration.ofMinutes(14));
    String id = begun(desk.body(slot));
    clock.move(LENGTH.minusSeconds(1));

    assertThat(proved(id).status()).isEqualTo(201);
  }

  @Test
  void nobodyElseGetsTheTimeBeforeTheVerificationHasEnded() {
    String id = begun(desk.body(slot));
    Holds rival = new Holds(rows, clock);

    assertThat(calls.book(key(), desk.body(slot)).type()).isEqualTo("slot-taken");
    assertThat(calls.hold(slot).type()).isEqualTo("slot-taken");
    clock.move(LENGTH.minusSeconds(1));
    List<Boolean> got = new ArrayList<>();
    table.beforeEach(what -> got.add(rival.hold(Desk.INGRID, "bk-rival", wanted.time(), LENGTH)));
    Answer booked = proved(id);

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(got).hasSizeGreaterThan(10).containsOnly(false);
  }

  @Test
  void theTimeIsFreeAgainWhenTheBookingIsGivenUp() {
    String id = begun(desk.body(slot));
    String code = code(id);

    Answer gone = calls.giveUp(id);

    assertThat(gone.status()).isEqualTo(204);
    assertThat(held()).isEmpty();
    assertThat(calls.prove(id, code).type()).isEqualTo("verification-expired");
    assertThat(calls.giveUp(id).status()).isEqualTo(204);
    String another = begun(desk.body(slot));
    Answer booked = proved(another);
    assertThat(calls.giveUp(another).status()).isEqualTo(204);
    assertThat(standingAt(wanted.start())).hasSize(1);
    assertThat(proved(another).id()).isEqualTo(booked.id());
  }

  @Test
  void theHoldOfAFormStaysBesideThatOfTheVerification() {
    String hold = calls.hold(slot).body().path("hold").asText();
    String id = begun(Desk.with(hold, desk.body(slot)));
    assertThat(held()).hasSize(2);
    calls.giveUp(id);
    assertThat(held()).hasSize(1);
    String again = begun(Desk.with(hold, desk.body(slot)));

    Answer booked = proved(again);

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(held()).hasSize(1);
    assertThat(calls.extend(hold).type()).isEqualTo("hold-expired");
  }

  @Test
  void whatIsRefusedAfterTheProofIsAnsweredAsABookingIs() {
    String id = begun(desk.body(slot));
    String code = code(id);
    String patient = patientOf(desk.body(offers.slot(offers.office(0, 6))));
    new Staff(sandbox.canvas().frontDesk()).book(wanted, patient);

    Answer refused = calls.prove(id, code);

    assertThat(refused.type()).isEqualTo("slot-taken");
    assertThat(refused.body().path("nearest")).isNotEmpty();
    assertThat(calls.prove(id, code).type()).isEqualTo("slot-taken");
    assertThat(held()).hasSize(1);
  }

  @Test
  void whatCannotBeBookedIsSaidBeforeACodeIsSent() {
    String video = offers.slot(offers.video(Desk.INGRID, 0, 3));
    calls.hold(offers.slot(offers.office(0, 6)));

    List<String> types =
        List.of(
            calls.book(key(), desk.body(video, "Elsewhere", "NY")).type(),
            calls.book(key(), desk.body(desk.expired(wanted.start()))).type(),
            calls.book(key(), desk.body(offers.slot(offers.office(0, 6)))).type(),
            calls.book(key(), desk.body(slot).replace("\"FU\"", "\"NO\"")).type());

    assertThat(types)
        .containsExactly("not-licensed", "slot-expired", "slot-taken", "invalid-request");
    assertThat(codes.sent()).isEmpty();
    assertThat(held()).hasSize(1);
  }

  @Test
  void aCodeIsOfNoUseForTheVerificationOfSomebodyElse() {
    String mine = begun(desk.body(slot));
    String theirs = begun(desk.body(offers.slot(offers.office(0, 6))));

    Answer answer = calls.prove(theirs, code(mine));

    assertThat(answer.type()).isEqualTo("wrong-code");
    assertThat(standingAt(offers.office(0, 6).start())).isEmpty();
  }

  @Test
  void whatIsNoVerificationLooksLikeOneThatHasEnded() {
    String ended = begun(desk.body(slot));
    clock.move(LENGTH);
    Answer model = calls.prove(ended, "123456");

    for (String id : List.of("AAAAAAAAAAAAAAAAAAAAAA", "x", "bk-1", "verification#1")) {
      Answer answer = calls.prove(id, "123456");
      assertThat(answer.text()).isEqualTo(model.text());
      assertThat(answer.headers()).isEqualTo(model.headers());
    }
  }

  @Test
  void anotherCodeMakesTheFormerOneWrong() {
    String id = begun(desk.body(slot));
    String first = code(id);
    Answer early = calls.anotherCode(id);
    clock.move(Duration.ofSeconds(30));

    Answer second = calls.anotherCode(id);
    Answer former = calls.prove(id, first);
    clock.move(Duration.ofSeconds(30));
    Answer third = calls.anotherCode(id);
    clock.move(Duration.ofSeconds(30));
    Answer fourth = calls.anotherCode(id);

    assertThat(early.status()).isEqualTo(429);
    assertThat(early.headers()).containsEntry("Retry-After", "31");
    assertThat(second.status()).isEqualTo(202);
    assertThat(id(second)).isEqualTo(id);
    assertThat(former.type()).isEqualTo("wrong-code");
    assertThat(third.status()).isEqualTo(202);
    assertThat(end(third)).isEqualTo(end(second));
    assertThat(fourth.status()).isEqualTo(429);
    assertThat(codes.sent())
        .containsExactly(
            VerificationMessage.of(id, 1),
            VerificationMessage.of(id, 2),
            VerificationMessage.of(id, 3));
    assertThat(proved(id).status()).isEqualTo(201);
  }

  @Test
  void ofRequestsForACodeAtOnceOneIsServed() throws Exception {
    String id = begun(desk.body(slot));
    clock.move(Duration.ofSeconds(30));

    List<Answer> all = atOnce(8, number -> calls.anotherCode(id));

    assertThat(all).extracting(Answer::status).containsOnlyOnce(202).containsOnly(202, 429);
    assertThat(codes.sent()).hasSize(2);
  }

  @Test
  void whatTheTableDoesNotSayIsNotTried() {
    String id = begun(desk.body(slot));
    String code = code(id);
    table.refuses("request");

    Answer unsure = calls.prove(id, code);

    assertThat(unsure.status()).isEqualTo(503);
    assertThat(standingAt(wanted.start())).isEmpty();
    table.calm();
    assertThat(calls.prove(id, code).status()).isEqualTo(201);
  }

  @Test
  void patientsWhoHaveSignedInNeedNoCode() {
    String patient = patientOf(desk.body(slot));
    String other = offers.slot(offers.office(0, 6));

    Answer booked = calls.uncheckedBook(key(), desk.body(other), Map.of("canvas_patient", patient));

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(codes.sent()).hasSize(1);
  }

  /** The practice has switched the proof on between a request and its repeat. */
  @Test
  void aBookingFromBeforeIsStillAnswered() {
    String key = key();
    String body = desk.body(slot);
    APIGatewayV2HTTPResponse before = withoutProof(key, body);

    Answer repeat = calls.book(key, body);

    assertThat(before.getStatusCode()).as(before.getBody()).isEqualTo(201);
    assertThat(repeat.status()).isEqualTo(201);
    assertThat(before.getBody()).contains(repeat.id());
    assertThat(codes.sent()).isEmpty();
  }

  @Test
  void whatWasTriedBeforeTheProofWasWantedIsNotBookedWithoutIt() {
    String key = key();
    String body = desk.body(slot);
    life.dieAt(8);
    try {
      withoutProof(key, body);
    } catch (Mortality.Death e) {
      assertThat(life.isDead()).isTrue();
    }
    life.live();
    clock.move(PAST_EVERY_LEASE);

    Answer repeat = calls.book(key, body);

    assertThat(repeat.type()).as(repeat.text()).isEqualTo("slot-expired");
    assertThat(standingAt(wanted.start())).isEmpty();
  }

  @Test
  void nothingThatWasTypedStandsInTheTableTheQueueOrTheLog() {
    String body = desk.body(slot, "Qanary", "CA");
    String text;
    String code;
    try (LogLines log = new LogLines()) {
      String id = begun(body);
      calls.prove(id, wrong(id));
      clock.move(Duration.ofSeconds(30));
      calls.anotherCode(id);
      code = code(id);
      text = rows.text() + codes.sent();
      proved(id);
      text += rows.text() + codes.sent() + changes.sent() + log.text().replace(id, "");
      assertThat(log.text()).doesNotContain(id);
    }

    assertThat(text.toLowerCase(Locale.ROOT))
        .doesNotContain("qanary")
        .doesNotContain("canary")
        .doesNotContain("5555550145")
        .doesNotContain("1985-07-09")
        .doesNotContain(code);
  }

  private boolean diesAt(int step, Supplier<Answer> act) {
    life.dieAt(step);
    try {
      assertThat(act.get()).isNotNull();
    } catch (Mortality.Death death) {
      assertThat(life.isDead()).isTrue();
    }
    boolean died = life.isDead();
    life.live();
    return died;
  }

  private interface Numbered {
    Answer call(int number);
  }

  private static List<Answer> atOnce(int many, Numbered call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<Answer>> all = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        int number = i;
        all.add(threads.submit(() -> call.call(number)));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> one : all) {
        answers.add(one.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Books as the function does while the practice wants no proof. */
  private APIGatewayV2HTTPResponse withoutProof(String key, String body) {
    CreateAppointment create = creating.under(Practices.changed(text -> text));
    return new HttpGuard(BookAppointment.LOG)
        .answer(
            Events.of("POST", "/appointments").header("idempotency-key", key).json(body).build(),
            create::answer);
  }
}
