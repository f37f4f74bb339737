package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.create.Creating;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A visit goes into the record of its patient, whoever books it. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class WhoBooksTest extends BookingCase {

  @Test
  void aCarerBooksForAChildWithoutAContactOfItsOwn() {
    String family = family();
    Instant start = desk.freshStart();

    Answer answer = calls.book(Desk.key(), desk.byCarer(desk.office(start), family));

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

    Answer answer = calls.book(Desk.key(), desk.byCarer(desk.freshSlot(), family));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  @Test
  void aChildWithoutAContactIsFoundAgainByOurIdentifierAlone() {
    String family = family();
    calls.book(Desk.key(), desk.byCarer(desk.freshSlot(), family));
    int known = sandbox.canvas().patientCount();
    rows.clear(); // only the record itself is left

    Answer answer = calls.book(Desk.key(), desk.byCarer(desk.freshSlot(), family));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"TIMEOUT_AFTER_EFFECT", "CUT_AFTER_EFFECT"})
  void aRecordThatWasMadeIsGoneOnWithThoughTheAnswerWasLost(Fault.Kind kind) {
    int before = sandbox.canvas().patientCount();
    sandbox.canvas().faults().add(Fault.once(kind, "POST", "/Patient").delayMs(1_300));

    Answer answer = calls.book(Desk.key(), desk.byCarer(desk.freshSlot(), family()));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRepeatLooksBeforeItWaits(boolean carer) {
    String family = family();
    int before = sandbox.canvas().patientCount();
    String key = Desk.key();
    String slot = desk.freshSlot();
    String body =
        carer ? desk.byCarer(slot, family) : plain(slot, family, "look@example.invalid", "");
    sandbox.canvas().faults().add(Fault.once(Fault.Kind.CUT_AFTER_EFFECT, "POST", "/Patient"));
    Fault lostLook = Fault.once(Fault.Kind.CUT, "GET", "/Patient").query("identifier=");
    pace.beforeTheNext("POST", () -> sandbox.canvas().faults().add(lostLook));

    Answer first = calls.book(key, body);
    Answer again = calls.book(key, body);
    Answer another = calls.book(Desk.key(), body.replace(slot, desk.freshSlot()));

    assertThat(first.status()).as(first.text()).isEqualTo(503);
    assertThat(again.status()).as(again.text()).isEqualTo(201);
    assertThat(another.status()).as(another.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"STATUS", "CUT"})
  void aRecordThatIsNotToBeSeenIsNotMadeAgainBeforeItCanNoLongerLand(Fault.Kind kind) {
    int before = sandbox.canvas().patientCount();
    String key = Desk.key();
    String body = desk.byCarer(desk.freshSlot(), family());
    sandbox.canvas().faults().add(Fault.once(kind, "POST", "/Patient").delayMs(1_300));

    Answer first = calls.book(key, body);
    Answer early = calls.book(key, body);
    int waiting = sandbox.canvas().patientCount();
    clock.move(Duration.ofSeconds(32));
    Answer settled = calls.book(key, body);

    assertThat(first.status()).isEqualTo(503);
    assertThat(early.status()).isEqualTo(503);
    assertThat(waiting).isEqualTo(before);
    assertThat(settled.status()).as(settled.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(before + 1);
  }

  /**
   * While our create of a record may still take effect, a record of the same person created by
   * staff is not used.
   */
  @Test
  void anotherRecordOfThePersonDoesNotEndTheWait() {
    String family = family();
    String key = Desk.key();
    String body = plain(desk.freshSlot(), family, "staff@example.invalid", "");
    sandbox.canvas().faults().add(Fault.once(Fault.Kind.CUT, "POST", "/Patient"));
    calls.book(key, body);
    BookingRequest.Person person =
        BookingRequest.of(Request.parse(body), LocalDate.parse("2026-12-28")).patient();
    canvas.create(Creating.newPatient(person, Identifier.usual("urn:example:chart", family)));

    Answer early = calls.book(key, body);
    clock.move(Duration.ofSeconds(32));
    Answer settled = calls.book(key, body);

    assertThat(early.status()).as(early.text()).isEqualTo(503);
    assertThat(settled.status()).as(settled.text()).isEqualTo(201);
  }

  @Test
  void anAddressIsTheSameInWhateverCaseItIsWritten() {
    String family = family();
    calls.book(Desk.key(), plain(desk.freshSlot(), family, "some.one@example.invalid", ""));
    int known = sandbox.canvas().patientCount();

    String again =
        plain(desk.freshSlot(), family, "Some.One@Example.invalid", "")
            .replace("+15555550145", "+15555550146");

    assertThat(calls.book(Desk.key(), again).status()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  @Test
  void twoRecordsThatFitAreForTheClinicToSortOut() {
    String family = family();
    calls.book(Desk.key(), plain(desk.freshSlot(), family, "one@example.invalid", ""));
    String twin =
        plain(desk.freshSlot(), family, "two@example.invalid", "")
            .replace("+15555550145", "+15555550146");
    calls.book(Desk.key(), twin);
    int known = sandbox.canvas().patientCount();
    Instant start = desk.freshStart();

    Answer both =
        calls.book(Desk.key(), plain(desk.office(start), family, "two@example.invalid", ""));

    assertThat(both.type()).isEqualTo("call-the-clinic");
    assertThat(standingAt(start)).isEmpty();
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
    assertThat(HoldBook.at(clock.instant(), rows))
        .noneMatch(held -> held.time().start().equals(start));
  }

  @Test
  void aNumberOfAnotherCountryIsWrittenWholeAndFoundAgain() {
    String family = family();
    Instant start = desk.freshStart();
    String first =
        plain(desk.office(start), family, "one@example.invalid", "")
            .replace("+15555550145", "+442079460123");
    calls.book(Desk.key(), first);
    Patient made = canvas.patient(standingAt(start).get(0).patient().orElseThrow()).orElseThrow();
    int known = sandbox.canvas().patientCount();

    String second =
        plain(desk.freshSlot(), family, "two@example.invalid", "")
            .replace("+15555550145", "+442079460123");
    String another =
        plain(desk.freshSlot(), family, "three@example.invalid", "")
            .replace("+15555550145", "+12079460123");

    assertThat(made.contacts("phone"))
        .singleElement()
        .satisfies(phone -> assertThat(phone.value()).isEqualTo(Phi.of("+442079460123")));
    assertThat(calls.book(Desk.key(), second).status()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
    assertThat(calls.book(Desk.key(), another).status()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known + 1);
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
  void aNewRecordHasTheGivenBirthSexAndNoContactThatIsMarkedAsVerified() {
    Instant start = desk.freshStart();
    String body = plain(desk.office(start), family(), "f@example.invalid", ",\"birthSex\":\"F\"");

    assertThat(calls.book(Desk.key(), body).status()).isEqualTo(201);

    Patient made = canvas.patient(standingAt(start).get(0).patient().orElseThrow()).orElseThrow();
    assertThat(made.extension()).anyMatch(one -> "F".equals(one.valueCode()));
    assertThat(made.contacts("email")).singleElement().matches(email -> !email.hasConsent());
    assertThat(made.contacts("phone"))
        .singleElement()
        .satisfies(phone -> assertThat(phone.hasConsent()).isFalse())
        .satisfies(phone -> assertThat(phone.value()).isEqualTo(Phi.of("5555550145")));
  }

  @Test
  void whatIsOnlyTypedIsNotWrittenIntoARecordThatStands() {
    String family = family();
    Instant first = desk.freshStart();
    calls.book(Desk.key(), plain(desk.office(first), family, "mine@example.invalid", ""));
    String key = standingAt(first).get(0).patient().orElseThrow();
    Patient before = canvas.patient(key).orElseThrow();
    Instant start = desk.freshStart();

    Answer answer =
        calls.book(Desk.key(), plain(desk.office(start), family, "strange@example.invalid", ""));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(standingAt(start).get(0).patient()).as("known by the number").contains(key);
    assertThat(canvas.patient(key)).contains(before);
    assertThat(before.contacts("email"))
        .extracting(Telecom::value)
        .containsExactly(Phi.of("mine@example.invalid"));
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

  private static String plain(String slot, String family, String email, String more) {
    return """
        {"slot":"%s","reason":{"code":"FU"},
         "patient":{"given":"Child","family":"%s","birthDate":"2019-07-09","state":"CA",
           "phone":"+15555550145","email":"%s","consent":{"email":true,"sms":true}%s}}"""
        .formatted(slot, family, email, more);
  }
}
