package clinic.scheduling.calendars.entry;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person is read as far as the record goes; what is missing is left out. */
public class PersonsTest {
  private static final Patient.Address HOME =
      new Patient.Address(
          List.of(Phi.of("7 Test Way"), Phi.of("Apt 2")),
          Phi.of("Harborview"),
          Phi.of("CA"),
          Phi.of("90000"));

  @Test
  void theAddressIsReadForHomeVisitsOnly() {
    Patient patient = patient(name("Ada", "Fixture"), List.of(HOME));

    assertThat(Persons.of(patient, visit(null), false).home()).isEmpty();
    assertThat(Persons.of(patient, visit(null), true).home().orElseThrow().value().oneLine())
        .isEqualTo("7 Test Way, Apt 2, Harborview, CA 90000");
  }

  @Test
  void initialsSurviveNamesBeyondTheFirstPlane() {
    Person person = Persons.of(patient(name("𝒜da", "Ölund"), List.of()), visit(null), false);

    assertThat(person.initials().value()).isEqualTo("𝒜.Ö.");
    assertThat(person.name().value()).isEqualTo("𝒜da Ölund");
  }

  @Test
  void aPatientWithoutANameOrAPhoneIsStillAPerson() {
    Patient bare = new Patient("Patient", "1", null, null, true, null, null, null, null, null);

    Person person = Persons.of(bare, visit(null), true);

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

    assertThat(Persons.of(patient, visit(coded), false).reason()).contains(Phi.of("Follow-up"));
    assertThat(Persons.of(patient, visit(both), false).reason()).contains(Phi.of("sore knee"));
  }

  @Test
  void anOldNumberIsNotShownToWhoeverMayCallIt() {
    Telecom old = new Telecom("phone", Phi.of("+15555550100"), "old", 1, null);
    Telecom now = new Telecom("phone", Phi.of("+15555550123"), "mobile", 2, null);
    HumanName name = name("Ada", "Fixture");
    Patient moved =
        new Patient(
            "Patient", "1", null, null, true, List.of(name), List.of(old, now), null, null, null);

    assertThat(Persons.of(moved, visit(null), false).phone()).contains(Phi.of("+15555550123"));
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
