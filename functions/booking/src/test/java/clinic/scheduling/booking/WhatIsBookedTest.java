package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.core.Phi;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the clinic sees of a booking in Canvas, and what the patient gets as an answer. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class WhatIsBookedTest extends BookingCase {

  @Test
  void anOfficeVisitNamesItsKindItsReasonAndItsPlace() {
    Instant start = desk.freshStart();

    calls.book(Desk.key(), desk.body(desk.office(start)));

    Appointment visit = standingAt(start).get(0);
    assertThat(visit.appointmentType().coding())
        .singleElement()
        .satisfies(
            coding -> {
              assertThat(coding.system()).isEqualTo("http://snomed.info/sct");
              assertThat(coding.code()).isEqualTo("308335008");
            });
    CodeableConcept reason = visit.reasonCode().get(0);
    assertThat(reason.coding())
        .singleElement()
        .satisfies(coding -> assertThat(coding.code()).isEqualTo("FU"));
    assertThat(reason.text()).isEqualTo(Phi.of("A canary in the reason"));
    assertThat(visit.location()).contains("5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01");
    assertThat(visit.practitioner()).contains(Desk.INGRID);
    assertThat(visit.meetingLink()).isEmpty();
  }

  @Test
  void aReasonInThePatientsOwnWordsNeedsNoCode() {
    Instant start = desk.freshStart();
    String body = desk.body(desk.office(start)).replace("\"code\":\"FU\",", "");

    calls.book(Desk.key(), body);

    CodeableConcept reason = standingAt(start).get(0).reasonCode().get(0);
    assertThat(reason.coding()).isNullOrEmpty();
    assertThat(reason.text()).isEqualTo(Phi.of("A canary in the reason"));
  }

  @Test
  void aVideoVisitHasItsRoomInCanvasAndInTheAnswer() {
    Instant start = desk.freshStart();

    Answer answer = calls.book(Desk.key(), desk.body(desk.video(start)));

    String link = answer.body().path("meetingLink").asText();
    assertThat(standingAt(start).get(0).meetingLink()).contains(link);
    assertThat(answer.body().at("/manage/url").asText()).contains(answer.token());
    assertThat(answer.body().at("/calendar/ics").asText()).contains(answer.id());
  }

  @Test
  void theFirstAnswerComesAgainAMonthLater() {
    String key = Desk.key();
    String body = desk.body(desk.freshSlot());
    Answer first = calls.book(key, body);
    String taken = Desk.key();
    Answer refused = calls.book(taken, body);
    clock.move(Duration.ofDays(30));

    assertThat(calls.book(key, body).text()).isEqualTo(first.text());
    assertThat(calls.book(taken, body).type()).isEqualTo(refused.type()).isEqualTo("slot-taken");
  }

  @Test
  void aReasonThatTheVisitTypeDoesNotHaveIsNamed() {
    String body = desk.body(desk.freshSlot()).replace("\"FU\"", "\"NO-SUCH\"");

    Answer answer = calls.book(Desk.key(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("reason.code");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
    String body = desk.body(desk.freshSlot()).replace("canary in", "canary " + "x".repeat(17_000));

    assertThat(calls.uncheckedBook(Desk.key(), body, Map.of()).status()).isEqualTo(413);
  }
}
