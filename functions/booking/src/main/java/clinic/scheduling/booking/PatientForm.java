package clinic.scheduling.booking;

import clinic.scheduling.booking.BookingRequest.Person;
import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import java.util.ArrayList;
import java.util.List;

/**
 * A new Patient as Canvas wants it written (docs/facts/canvas.md 4.1). What somebody has only typed
 * is marked neither as agreed to nor as verified: to Canvas both are one mark, which opens its own
 * reminders.
 */
final class PatientForm {
  private static final String BIRTH_SEX =
      "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";
  private static final String ZONE = "http://hl7.org/fhir/StructureDefinition/tz-code";

  private PatientForm() {}

  static Patient of(Person person, Identifier name) {
    List<Extension> extensions = new ArrayList<>();
    extensions.add(Extension.ofCode(BIRTH_SEX, person.birthSex()));
    person.timezone().ifPresent(zone -> extensions.add(Extension.ofCode(ZONE, zone)));
    List<Telecom> contacts = new ArrayList<>();
    person
        .phone()
        .map(phone -> Phi.of(Identity.number(phone)))
        .ifPresent(phone -> contacts.add(Telecom.of("phone", "mobile", phone, false)));
    person.email().ifPresent(email -> contacts.add(Telecom.of("email", "home", email, false)));
    return new Patient(
        "Patient",
        null,
        extensions,
        List.of(name),
        true,
        List.of(new HumanName("official", null, person.family(), List.of(person.given()))),
        contacts.isEmpty() ? null : contacts,
        null,
        "unknown",
        person.birthDate());
  }
}
