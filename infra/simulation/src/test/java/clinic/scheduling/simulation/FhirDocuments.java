package clinic.scheduling.simulation;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the FHIR documents that Canvas shows of the truth. */
final class FhirDocuments {
  private static final String SNOMED = "http://snomed.info/sct";

  private FhirDocuments() {}

  static Appointment of(
      Truth.Version it, Optional<String> replaces, Optional<String> replacedBy, String status) {
    Truth.Visit visit = it.visit();
    if (visit.block != null) {
      return block(it, visit.block, status);
    }
    List<Reference> links = new ArrayList<>();
    links.add(Reference.to("Location", SimulatedPractice.PLACE_IDS.get(it.place())));
    replaces.ifPresent(id -> links.add(link(id, "Previously Rescheduled Appointment")));
    replacedBy.ifPresent(id -> links.add(link(id, "Rescheduled Replacement Appointment")));
    List<Appointment.Participant> people = new ArrayList<>();
    people.add(
        Appointment.Participant.accepted(
            Reference.to("Practitioner", SimulatedPractice.staffKey(it.practitioner()))));
    if (visit.kind == Truth.Kind.OF_PATIENT) {
      people.add(Appointment.Participant.accepted(Reference.to("Patient", visit.patient)));
    }
    List<Identifier> names =
        visit.kind == Truth.Kind.OUR_BLOCK
            ? List.of(Identifier.usual(SimulatedPractice.SYSTEM, "block-" + visit.number))
            : visit.promised
                ? List.of(Identifier.usual(SimulatedPractice.SYSTEM, "bk-" + visit.number))
                : List.of();
    return new Appointment(
        "Appointment",
        it.appointment(),
        it.type() == SimulatedPractice.VIDEO
            ? List.of(Appointment.Endpoint.meeting("https://meet.example.invalid/" + it.link()))
            : null,
        names,
        status,
        CodeableConcept.of(
            new Coding(
                SNOMED,
                SimulatedPractice.CODES.get(it.type()),
                SimulatedPractice.TITLES.get(it.type()))),
        List.of(new CodeableConcept(null, Phi.of(reason(it)))),
        null,
        links,
        Instant.ofEpochMilli(it.start()).toString(),
        Instant.ofEpochMilli(it.start() + it.minutes() * 60_000L).toString(),
        people);
  }

  /** The block as the mirror has sent it, with what staff have changed since. */
  private static Appointment block(Truth.Version it, Appointment sent, String status) {
    return new Appointment(
        "Appointment",
        it.appointment(),
        null,
        sent.identifier(),
        status,
        sent.appointmentType(),
        null,
        sent.description(),
        sent.supportingInformation(),
        Instant.ofEpochMilli(it.start()).toString(),
        Instant.ofEpochMilli(it.end()).toString(),
        List.of(
            Appointment.Participant.accepted(
                Reference.to("Practitioner", SimulatedPractice.staffKey(it.practitioner())))));
  }

  static String reason(Truth.Version it) {
    return "Knee of Qanary, number " + it.reason();
  }

  static Patient patient(String id, int number) {
    return new Patient(
        "Patient",
        id,
        List.<Extension>of(),
        List.of(),
        true,
        List.of(
            new HumanName(
                "official",
                null,
                Phi.of(Canary.family(number)),
                List.of(Phi.of(Canary.name(number))))),
        List.of(
            Telecom.of("phone", "mobile", Phi.of(Canary.phone(number)), true),
            Telecom.of("email", "home", Phi.of(Canary.email(number)), true)),
        List.of(
            new Patient.Address(
                List.of(Phi.of(number + " Qanary Way")),
                Phi.of("Harborview"),
                Phi.of("CA"),
                Phi.of("90000"))),
        null,
        Phi.of("1980-01-01"));
  }

  private static Reference link(String id, String display) {
    return new Reference("Appointment/" + id, "Appointment", display);
  }
}
