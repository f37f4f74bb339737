package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The patient's record is the patient's, whoever books. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class WhoBooksTest extends BookingCase {

  @Test
  void aCarerBooksForAChildWithoutAContactOfItsOwn() {
    String family = family();
    Instant start = desk.freshStart();

    Answer answer = calls.book(Desk.key(), byCarer(desk.office(start), family));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    Appointment visit = standingAt(start).get(0);
    assertThat(visit.reasonCode().get(0).text().value())
        .contains("Booked by Carer Grownup, +15555550177, carer@example.invalid");
    Patient child = canvas.patient(visit.patient().orElseThrow()).orElseThrow();
    assertThat(child.contacts("phone")).isEmpty();
    assertThat(child.contacts("email")).isEmpty();
  }

  @Test
  void theContactOfACarerFindsTheChildsRecord() {
    String family = family();
    calls.book(Desk.key(), plain(desk.freshSlot(), family, "carer@example.invalid", ""));
    int known = sandbox.canvas().patientCount();

    Answer answer = calls.book(Desk.key(), byCarer(desk.freshSlot(), family));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  @Test
  void withoutACarerThePatientNeedsAContact() {
    String body =
        plain(desk.freshSlot(), family(), "x@example.invalid", "")
            .replace("\"phone\":\"+15555550145\",", "");

    Answer answer = calls.uncheckedBook(Desk.key(), body, Map.of());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("patient.phone");
  }

  @Test
  void aNewRecordHasTheGivenBirthSexAndConsentOnlyWhereItWasGiven() {
    Instant start = desk.freshStart();
    String body =
        plain(desk.office(start), family(), "f@example.invalid", ",\"birthSex\":\"F\"")
            .replace("\"sms\":true", "\"sms\":false");

    assertThat(calls.book(Desk.key(), body).status()).isEqualTo(201);

    Patient made = canvas.patient(standingAt(start).get(0).patient().orElseThrow()).orElseThrow();
    assertThat(made.extension()).anyMatch(one -> "F".equals(one.valueCode()));
    assertThat(made.contacts("email")).singleElement().matches(Telecom::hasConsent);
    assertThat(made.contacts("phone"))
        .singleElement()
        .satisfies(phone -> assertThat(phone.hasConsent()).isFalse())
        .satisfies(phone -> assertThat(phone.value()).isEqualTo(Phi.of("5555550145")));
  }

  @Test
  void aSignedInPatientBooksForThemselvesAndNobodyElse() {
    Instant first = desk.freshStart();
    calls.book(Desk.key(), plain(desk.office(first), family(), "a@example.invalid", ""));
    String me = standingAt(first).get(0).patient().orElseThrow();
    int known = sandbox.canvas().patientCount();
    Instant start = desk.freshStart();

    Answer answer =
        calls.uncheckedBook(
            Desk.key(),
            plain(desk.office(start), family(), "other@example.invalid", ""),
            Map.of("canvas_patient", me));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(standingAt(start).get(0).patient()).contains(me);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  @Test
  void aTokenThatNamesNobodyBooksNothing() {
    String body = plain(desk.freshSlot(), family(), "a@example.invalid", "");

    assertThat(calls.uncheckedBook(Desk.key(), body, Map.of("sub", "me")).status()).isEqualTo(401);
    assertThat(
            calls
                .uncheckedBook(
                    Desk.key(), body, Map.of("canvas_patient", "00000000000000000000000000000000"))
                .type())
        .isEqualTo("call-the-clinic");
  }

  private static String family() {
    return "Family" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static String byCarer(String slot, String family) {
    return """
        {"slot":"%s","reason":{"code":"FU"},
         "booker":{"given":"Carer","family":"Grownup","phone":"+15555550177",
           "email":"carer@example.invalid"},
         "patient":{"given":"Child","family":"%s","birthDate":"2019-07-09","state":"CA",
           "consent":{"email":true,"sms":true}}}"""
        .formatted(slot, family);
  }

  private static String plain(String slot, String family, String email, String more) {
    return """
        {"slot":"%s","reason":{"code":"FU"},
         "patient":{"given":"Child","family":"%s","birthDate":"2019-07-09","state":"CA",
           "phone":"+15555550145","email":"%s","consent":{"email":true,"sms":true}%s}}"""
        .formatted(slot, family, email, more);
  }
}
