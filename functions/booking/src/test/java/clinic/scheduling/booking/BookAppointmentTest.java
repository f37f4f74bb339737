package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A booking makes exactly one appointment in Canvas, whatever happens meanwhile. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class BookAppointmentTest extends BookingCase {

  @Test
  void aBookingStandsInCanvasAsProposedWithOurIdentifier() {
    Instant start = desk.freshStart();

    Answer answer = calls.book(Desk.key(), desk.body(desk.office(start)));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers()).containsEntry("Location", "/appointments/" + answer.id());
    assertThat(answer.body().path("status").asText()).isEqualTo("scheduled");
    assertThat(standingAt(start))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id()).isEqualTo(answer.id());
              assertThat(one.status()).isEqualTo("proposed");
              assertThat(one.identifierOf(OutsideWorld.SYSTEM).orElseThrow()).startsWith("bk-");
            });
    assertThat(changes.sent()).extracting(ChangeNotice::appointment).containsExactly(answer.id());
  }

  @Test
  void aVideoVisitHasTheCliniciansRoom() {
    Answer answer = calls.book(Desk.key(), desk.body(desk.video(desk.freshStart())));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("meetingLink").asText()).startsWith("https://");
  }

  @Test
  void theSameRequestAgainIsTheSameAnswerAndTheSameAppointment() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));

    Answer first = calls.book(key, body);
    Answer again = calls.book(key, body);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(standingAt(start)).hasSize(1);
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    String key = Desk.key();
    calls.book(key, desk.body(desk.freshSlot()));

    Answer other = calls.book(key, desk.body(desk.freshSlot()));

    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void aSecondBookingOfTheSameSlotIsRefused() {
    String slot = desk.freshSlot();
    calls.book(Desk.key(), desk.body(slot));

    assertThat(calls.book(Desk.key(), desk.body(slot)).type()).isEqualTo("slot-taken");
  }

  @Test
  void aTimeThatStaffTookMeanwhileIsRefused() {
    Instant start = desk.freshStart();
    Answer theirs = calls.book(Desk.key(), desk.body(desk.office(start)));
    rows.clear();

    Answer ours = calls.book(Desk.key(), desk.body(desk.office(start)));

    assertThat(ours.type()).isEqualTo("slot-taken");
    assertThat(standingAt(start)).extracting("id").containsExactly(theirs.id());
  }

  @Test
  void aTimeTakenBehindALaggingSlotSearchIsGivenUpAfterReadingBack() {
    Instant start = desk.freshStart();
    Answer theirs = calls.book(Desk.key(), desk.body(desk.office(start)));
    rows.clear();
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3600);

    Answer ours = calls.book(Desk.key(), desk.body(desk.office(start)));

    assertThat(ours.type()).isEqualTo("slot-taken");
    assertThat(standingAt(start)).extracting("id").containsExactly(theirs.id());
  }

  @Test
  void canvasRefusalOfADoubleBookingIsSlotTaken() {
    Instant start = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(start)));
    rows.clear();
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3600).set(Toggle.DOUBLE_BOOKING, false);

    assertThat(calls.book(Desk.key(), desk.body(desk.office(start))).type())
        .isEqualTo("slot-taken");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"STATUS", "TIMEOUT", "TIMEOUT_AFTER_EFFECT", "CUT", "CUT_AFTER_EFFECT", "HTML"})
  void whateverCanvasAnswersToTheCreateOneAppointmentStandsInTheEnd(Fault.Kind kind) {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    sandbox.canvas().faults().add(Fault.once(kind, "POST", "/Appointment").delayMs(1_500));

    Answer first = calls.book(key, body);
    clock.move(Duration.ofSeconds(31));
    Answer settled = first.status() == 201 ? first : calls.book(key, body);

    assertThat(first.status()).isIn(201, 503);
    assertThat(settled.status()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(settled.id());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void aCrashBetweenAnyTwoWritesIsMendedByTheRepeat(int writes) {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    rows.loseAfter(writes);
    Answer crashed = calls.book(key, body);
    rows.recover();
    clock.move(Duration.ofSeconds(51));

    Answer again = calls.book(key, body);

    assertThat(again.status()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(again.id());
    assertThat(crashed.status()).isEqualTo(writes < 15 ? 500 : 201);
  }

  @Test
  void aCreateThatMayStillLandIsNotRepeatedBeforeItCannot() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    sandbox
        .canvas()
        .faults()
        .add(Fault.once(Fault.Kind.SLOW, "POST", "/Appointment").delayMs(2_500));

    Answer first = calls.book(key, body);
    Answer atOnce = calls.book(key, body);
    await().atMost(Duration.ofSeconds(10)).until(() -> !standingAt(start).isEmpty());
    Answer settled = calls.book(key, body);

    assertThat(first.status()).isEqualTo(503);
    assertThat(atOnce.status()).isEqualTo(503);
    assertThat(Integer.parseInt(atOnce.headers().get("Retry-After"))).isBetween(1, 31);
    assertThat(settled.status()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(settled.id());
  }

  @ParameterizedTest(name = "{0}, lands within {1} s")
  @CsvSource({"500, 4", "502, 4", "503, 4", "504, 29", "408, 29"})
  void aCreateThatSeemsToHaveFailedAndLandsAllTheSameIsNotRepeated(int status, int seconds) {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    Instant other = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(other)));
    sandbox.canvas().faults().add(Fault.status(status, "POST", "/Appointment"));

    Answer first = calls.book(key, body);
    clock.move(Duration.ofSeconds(seconds));
    Answer early = calls.book(key, body);
    String landed = lands(key, start, standingAt(other).get(0));
    clock.move(Duration.ofSeconds(2));
    Answer settled = calls.book(key, body);

    assertThat(first.status()).isEqualTo(503);
    assertThat(early.status()).isEqualTo(503);
    assertThat(settled.status()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(landed);
  }

  /** An earlier create without an answer takes effect only now. */
  private String lands(String key, Instant start, Appointment like) {
    ObjectNode body = new ObjectMapper().valueToTree(like);
    body.retain("resourceType", "status", "appointmentType", "supportingInformation");
    body.put("start", start.toString()).put("end", start.plusSeconds(1_800).toString());
    body.putArray("identifier")
        .addObject()
        .put("system", OutsideWorld.SYSTEM)
        .put("value", "bk-" + Digest.of("booking", key));
    ObjectNode full = new ObjectMapper().valueToTree(like);
    body.set("participant", full.get("participant"));
    return sandbox.canvas().frontDesk().book(body);
  }

  @Test
  void aKeyThatComesBackForAnotherVisitDoesNotHandOutTheFirstOne() {
    String key = Desk.key();
    calls.book(key, desk.body(desk.freshSlot(), "Firstcomer", "CA"));
    rows.clear();

    Answer other = calls.book(key, desk.body(desk.freshSlot(), "Secondcomer", "CA"));

    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void unknownQueryParametersAreRefused() {
    assertThat(calls.read("x?y=1", null).status()).isEqualTo(400);
  }

  @Test
  void aRequestWhoseFirstTryIsStillAtWorkIsToldToWait() {
    String key = Desk.key();
    String body = desk.body(desk.freshSlot());
    rows.loseAfter(2); // the count by network address, the claim
    calls.book(key, body);
    rows.recover();

    Answer again = calls.book(key, body);

    assertThat(again.type()).isEqualTo("in-progress");
    assertThat(again.headers()).containsKey("Retry-After");
  }

  @Test
  void aSlotOfferedTooLongAgoIsExpired() {
    assertThat(calls.book(Desk.key(), desk.body(desk.expired(desk.freshStart()))).type())
        .isEqualTo("slot-expired");
  }

  @Test
  void aForgedSlotIsABadRequest() {
    Answer answer = calls.book(Desk.key(), desk.body("forged.slot"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("invalid-slot");
  }

  @Test
  void aPatientInAStateWithoutALicenceIsRefusedForVideo() {
    Answer answer =
        calls.book(Desk.key(), desk.body(desk.video(desk.freshStart()), "Elsewhere", "NY"));

    assertThat(answer.type()).isEqualTo("not-licensed");
  }

  @Test
  void aKnownPatientIsUsedAndNotMadeTwice() {
    calls.book(Desk.key(), desk.body(desk.freshSlot(), "Returning", "CA"));
    int patients = sandbox.canvas().patientCount();

    Answer again = calls.book(Desk.key(), desk.body(desk.freshSlot(), "Returning", "CA"));

    assertThat(again.status()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(patients);
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    Answer answer =
        calls.book(
            Desk.key(),
            "{\"slot\":1,\"reason\":{\"code\":\"X\\u0000\"},\"patient\":{\"given\":\"\",\"phone\":\"555\","
                + "\"state\":\"California\",\"birthDate\":\"2999-01-01\",\"consent\":{\"email\":\"yes\"},"
                + "\"ssn\":\"x\"},\"extra\":1}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().findValuesAsText("field"))
        .contains(
            "slot",
            "reason.code",
            "patient.given",
            "patient.family",
            "patient.birthDate",
            "patient.phone",
            "patient.email",
            "patient.state",
            "patient.consent.email",
            "patient.consent.sms",
            "patient.ssn",
            "extra");
    assertThat(answer.text()).doesNotContain("California", "2999");
  }

  @Test
  void aMissingKeyIsABadRequest() {
    assertThat(calls.book(null, desk.body(desk.freshSlot())).status()).isEqualTo(400);
  }

  @Test
  void canvasOutOfReachIsToldWithATimeToComeBack() {
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Practitioner"));

    Answer answer = calls.book(Desk.key(), desk.body(desk.freshSlot()));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsKey("Retry-After");
  }

  @Test
  void nothingOfThePatientIsInLogsRowsOrQueue() {
    try (LogLines log = new LogLines()) {
      calls.book(Desk.key(), desk.body(desk.freshSlot(), "Canarywing", "CA"));
      sandbox.canvas().faults().add(Fault.status(500, "GET", "/Patient"));
      calls.book(Desk.key(), desk.body(desk.freshSlot(), "Canarywing", "CA"));

      String everything = log.text() + rows.text() + changes.sent();
      assertThat(everything).contains("bk-");
      assertThat(everything)
          .doesNotContainIgnoringCase("canary")
          .doesNotContain("5555550145", "1985-07-09");
    }
  }
}
