package clinic.scheduling.meetings.block;

import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.meetings.plan.WantedBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The appointment of a block: an event without a patient, of the type that the practice has chosen,
 * at the practice's first location (docs/facts/canvas.md 3.8).
 */
final class BlockAppointment {
  private final String system;
  private final String location;

  BlockAppointment(IdentifierSystem system, Practice practice) {
    this.system = system.uri();
    this.location = practice.locations().get(0).canvasId();
  }

  Appointment create(String practitioner, BlockName name, WantedBlock wanted, Phi<String> title) {
    return of(practitioner, wanted, title, null, List.of(identifier(name)));
  }

  /** The same appointment as wanted. An update replaces all identifiers, so all are sent back. */
  Appointment update(
      Appointment now, String practitioner, BlockName name, WantedBlock wanted, Phi<String> title) {
    List<Identifier> identifiers =
        isNamed(now, name)
            ? now.identifiers()
            : Stream.concat(now.identifiers().stream(), Stream.of(identifier(name))).toList();
    return of(practitioner, wanted, title, now.id(), identifiers);
  }

  private Appointment of(
      String practitioner,
      WantedBlock wanted,
      Phi<String> title,
      @Nullable String id,
      List<Identifier> identifiers) {
    return new Appointment(
        "Appointment",
        id,
        null,
        identifiers,
        AppointmentStatus.BOOKED.code(),
        CodeableConcept.of(
            new Coding(wanted.type().system(), wanted.type().code(), wanted.type().display())),
        null,
        title,
        List.of(Reference.to("Location", location)),
        wanted.time().start().toString(),
        wanted.time().end().toString(),
        List.of(Participant.accepted(Reference.to("Practitioner", practitioner))));
  }

  /** Whether the appointment shows the block as wanted. */
  boolean isAsWanted(Appointment now, String practitioner, WantedBlock wanted, Phi<String> title) {
    return now.time().equals(Optional.of(wanted.time()))
        && now.practitioner().equals(Optional.of(practitioner))
        && now.knownStatus().filter(AppointmentStatus::occupiesTime).isPresent()
        && title.equals(now.description())
        && isOfType(now, wanted);
  }

  private static boolean isOfType(Appointment now, WantedBlock wanted) {
    return Optional.ofNullable(now.appointmentType())
        .flatMap(CodeableConcept::first)
        .filter(it -> wanted.type().code().equals(it.code()))
        .isPresent();
  }

  boolean isNamed(Appointment now, BlockName name) {
    return now.identifiers().stream()
        .anyMatch(it -> system.equals(it.system()) && name.text().equals(it.value()));
  }

  private Identifier identifier(BlockName name) {
    return Identifier.usual(system, name.text());
  }
}
