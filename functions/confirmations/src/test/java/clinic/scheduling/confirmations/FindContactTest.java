package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.confirmations.FindContact.Contact;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.visit.Consent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindContactTest {
  private static final Optional<Consent> STAFF_BOOKED = Optional.empty();

  @Test
  void whatThePatientSaidWhenBookingGoesBeforeCanvas() {
    Patient agreedInCanvas = patient(email("a@example.invalid", true), phone("mobile", true));
    Patient refusedInCanvas = patient(email("a@example.invalid", false), phone("mobile", false));

    assertThat(FindContact.email(agreedInCanvas, said(false, true)))
        .isEqualTo(new Contact.NoConsent());
    assertThat(FindContact.phone(agreedInCanvas, said(true, false)))
        .isEqualTo(new Contact.NoConsent());
    assertThat(FindContact.email(refusedInCanvas, said(true, false)))
        .isEqualTo(at("a@example.invalid"));
    assertThat(FindContact.phone(refusedInCanvas, said(false, true))).isEqualTo(at("+12065550100"));
  }

  @Test
  void forAVisitThatStaffBookedCanvasDecides() {
    Patient mixed = patient(email("a@example.invalid", false), email("b@example.invalid", true));

    assertThat(FindContact.email(mixed, STAFF_BOOKED)).isEqualTo(at("b@example.invalid"));
    assertThat(FindContact.phone(patient(phone("mobile", false)), STAFF_BOOKED))
        .isEqualTo(new Contact.NoConsent());
    assertThat(FindContact.phone(mixed, STAFF_BOOKED)).isEqualTo(new Contact.NoContact());
  }

  @Test
  void aMobilePhoneGoesFirstAndAnOldOneIsNotCalled() {
    Telecom mobile = telecom("phone", "mobile", "2065550102", 3);

    assertThat(
            FindContact.phone(
                patient(telecom("phone", "home", "2065550101", 1), mobile), said(true, true)))
        .isEqualTo(at("+12065550102"));
    assertThat(
            FindContact.phone(patient(telecom("phone", "old", "2065550101", 1)), said(true, true)))
        .isEqualTo(new Contact.NoContact());
  }

  @ParameterizedTest
  @CsvSource({
    "2065550100, +12065550100",
    "(206) 555-0100, +12065550100",
    "206.555.0100, +12065550100",
    "1-206-555-0100, +12065550100",
    "+1 206 555 0100, +12065550100",
    "+44 20 7946 0100, +442079460100"
  })
  void aNumberIsWrittenAsE164(String written, String expected) {
    assertThat(
            FindContact.phone(patient(telecom("phone", "mobile", written, 1)), said(false, true)))
        .isEqualTo(at(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "911",
        "5550100",
        "206-555-0100 ext 12",
        "+0123456789",
        "ask him",
        "0065550100"
      })
  void whatIsNoNumberIsNotCalled(String written) {
    assertThat(
            FindContact.phone(patient(telecom("phone", "mobile", written, 1)), said(false, true)))
        .isEqualTo(new Contact.NoContact());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "a b@example.invalid",
        "a@example.invalid, b@example.invalid",
        "a@example.invalid\r\nBcc: b@example.invalid",
        "A <a@example.invalid>",
        "\u0430@example.invalid",
        "@example.invalid",
        ".a@example.invalid"
      })
  void whatIsNoAddressIsNotWrittenTo(String written) {
    assertThat(FindContact.email(patient(telecom("email", "home", written, 1)), said(true, true)))
        .isEqualTo(new Contact.NoContact());
  }

  private static Contact at(String address) {
    return new Contact.At(Phi.of(address));
  }

  private static Optional<Consent> said(boolean email, boolean sms) {
    return Optional.of(new Consent(email, sms, Optional.empty(), Optional.empty()));
  }

  private static Telecom email(String address, boolean consent) {
    return Telecom.of("email", "home", Phi.of(address), consent);
  }

  private static Telecom phone(String use, boolean consent) {
    return Telecom.of("phone", use, Phi.of("2065550100"), consent);
  }

  private static Telecom telecom(String system, String use, String value, int rank) {
    return new Telecom(system, Phi.of(value), use, rank, List.of());
  }

  private static Patient patient(Telecom... contacts) {
    return new Patient("Patient", "p", null, null, true, null, List.of(contacts), null, null, null);
  }
}
