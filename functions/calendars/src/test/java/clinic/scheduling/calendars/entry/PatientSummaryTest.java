package clinic.scheduling.calendars.entry;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Period;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The summary has what the patient's record has, and leaves out what is missing. */
public class PatientSummaryTest {
  private static final LocalDate TODAY = LocalDate.parse("2027-03-16");
  private static final Patient.Address HOME =
      new Patient.Address(
          List.of(Phi.of("7 Test Way"), Phi.of("Apt 2")),
          Phi.of("Harborview"),
          Phi.of("CA"),
          Phi.of("90000"));

  @Test
  void theAddressIsReadForHomeVisitsOnly() {
    Patient patient = patient(name("Ada", "Fixture"), List.of(HOME));

    assertThat(PatientSummary.of(patient, visit(null), false, TODAY).home()).isEmpty();
    assertThat(
            PatientSummary.of(patient, visit(null), true, TODAY)
                .home()
                .orElseThrow()
                .value()
                .oneLine())
        .isEqualTo("7 Test Way, Apt 2, Harborview, CA 90000");
  }

  @Test
  void initialsSurviveNamesBeyondTheFirstPlane() {
    PatientSummary person =
        PatientSummary.of(patient(name("𝒜da", "Ölund"), List.of()), visit(null), false, TODAY);

    assertThat(person.initials().value()).isEqualTo("𝒜.Ö.");
    assertThat(person.name().value()).isEqualTo("𝒜da Ölund");
  }

  @Test
  void aPatientWithoutANameOrAPhoneIsStillAPerson() {
    Patient bare = new Patient("Patient", "1", null, null, true, null, null, null, null, null);

    PatientSummary person = PatientSummary.of(bare, visit(null), true, TODAY);

    assertThat(person.name().value()).isEmpty();
    assertThat(person.phone()).isEmpty();
    assertThat(person.home()).isEmpty();
    assertThat(person.reason()).isEmpty();
  }

  @Test
  void theWordsOfThePatientComeBeforeThoseOfTheCode() {
    CodeableConcept coded = CodeableConcept.of(new Coding("INTERNAL", "FU", "Follow-up"));
    CodeableConcept both = new CodeableConcept(coded.coding(), Phi.of("sore knee"));
    Patient patient = patient(name("Ada", "Fixture"), List.of());

    assertThat(PatientSummary.of(patient, visit(coded), false, TODAY).reason())
        .contains(Phi.of("Follow-up"));
    assertThat(PatientSummary.of(patient, visit(both), false, TODAY).reason())
        .contains(Phi.of("sore knee"));
  }

  @Test
  void anOldNumberIsNotShownToWhoeverMayCallIt() {
    Telecom old = new Telecom("phone", Phi.of("+15555550100"), "old", 1, null);
    Telecom now = new Telecom("phone", Phi.of("+15555550123"), "mobile", 2, null);
    HumanName name = name("Ada", "Fixture");
    Patient moved =
        new Patient(
            "Patient", "1", null, null, true, List.of(name), List.of(old, now), null, null, null);

    assertThat(PatientSummary.of(moved, visit(null), false, TODAY).phone())
        .contains(Phi.of("+15555550123"));
  }

  @ParameterizedTest
  @CsvSource({
    // begin, end, whether the phone number is shown on 2027-03-16
    ", 2027-03-15, false",
    ", 2027-03-16, true",
    ", 9999-12-31T23:59:59.999999+00:00, true",
    ", soon, false",
    "2027-03-17, , false",
    "2027-03-16, , true"
  })
  void norIsOneWhoseTimeIsOver(String begin, String end, boolean shown) {
    Telecom first =
        new Telecom("phone", Phi.of("+15555550100"), "mobile", 1, null, new Period(begin, end));
    Telecom second = new Telecom("phone", Phi.of("+15555550123"), "home", 2, null);
    Patient patient =
        new Patient(
            "Patient", "1", null, null, true, null, List.of(first, second), null, null, null);

    assertThat(PatientSummary.of(patient, visit(null), false, TODAY).phone())
        .contains(Phi.of(shown ? "+15555550100" : "+15555550123"));
  }

  private static HumanName name(String given, String family) {
    return new HumanName("official", null, Phi.of(family), List.of(Phi.of(given)));
  }

  private static Patient patient(HumanName name, List<Patient.Address> addresses) {
    Telecom phone = Telecom.of("phone", "mobile", Phi.of("+15555550123"), true);
    return new Patient(
        "Patient", "1", null, null, true, List.of(name), List.of(phone), addresses, null, null);
  }

  private static Appointment visit(CodeableConcept reason) {
    return new Appointment(
        "Appointment",
        "a-1",
        null,
        null,
        "booked",
        null,
        reason == null ? null : List.of(reason),
        null,
        null,
        null,
        null,
        null);
  }
}
