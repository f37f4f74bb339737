package clinic.scheduling.booking.visit;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Endpoint;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Reason;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the Appointment resources that we send to Canvas (docs/facts/canvas.md 3.1). An update
 * contains everything that Canvas requires, and every identifier of the appointment that we read.
 * It leaves out the reason, since an update with a reason would create a new Reason-for-Visit
 * command in Canvas.
 */
@Singleton
public class AppointmentForm {
  private final Clinicians clinicians;
  private final String system;

  public AppointmentForm(Clinicians clinicians, IdentifierSystem system) {
    this.clinicians = clinicians;
    this.system = system.uri();
  }

  /**
   * A new visit. Its status is {@code proposed}, Canvas's word for "not confirmed by the clinic
   * yet".
   *
   * @param patient the Canvas patient key
   */
  Appointment of(BookingCommand command, String patient) {
    Optional<String> link =
        command.offered().isVideo()
            ? clinicians.room(command.offered().slot().practitioner())
            : Optional.empty(); // without a link, Canvas uses its own default
    List<Reference> supporting = new ArrayList<>();
    supporting.add(Reference.to("Location", command.offered().place().canvasId()));
    link.ifPresent(l -> supporting.add(new Reference("#" + Endpoint.ID, "Endpoint", null)));
    clinic.scheduling.core.practice.Coding type = command.offered().visit().coding();
    return new Appointment(
        "Appointment",
        null,
        link.map(address -> List.of(Endpoint.meeting(address))).orElse(null),
        List.of(Identifier.usual(system, command.bookingId())),
        AppointmentStatus.PROPOSED.code(),
        CodeableConcept.of(coding(type.system(), type.code(), type.display())),
        reason(command),
        null,
        supporting,
        command.offered().slot().time().start().toString(),
        command.offered().slot().time().end().toString(),
        List.of(
            Participant.accepted(Reference.to("Patient", patient)),
            Participant.accepted(
                Reference.to("Practitioner", command.offered().slot().practitioner()))));
  }

  /** The same visit at another time. If the clinician changes, the video room changes as well. */
  public Appointment moved(
      Appointment current, Interval time, String practitioner, String location) {
    List<Participant> participants = new ArrayList<>();
    current
        .patient()
        .map(id -> Participant.accepted(Reference.to("Patient", id)))
        .ifPresent(participants::add);
    participants.add(Participant.accepted(Reference.to("Practitioner", practitioner)));
    Optional<List<Endpoint>> room = endpoints(current, practitioner);
    List<Reference> places = new ArrayList<>();
    places.add(Reference.to("Location", location));
    room.ifPresent(one -> places.add(new Reference("#" + Endpoint.ID, "Endpoint", null)));
    return new Appointment(
        "Appointment",
        current.id(),
        room.orElse(null),
        current.identifier(),
        current.status(),
        current.appointmentType(),
        null,
        null,
        places,
        time.start().toString(),
        time.end().toString(),
        participants);
  }

  private Optional<List<Endpoint>> endpoints(Appointment current, String practitioner) {
    return current.practitioner().equals(Optional.of(practitioner))
        ? Optional.ofNullable(current.contained()).filter(rooms -> !rooms.isEmpty())
        : current
            .meetingLink()
            .flatMap(old -> clinicians.room(practitioner))
            .map(room -> List.of(Endpoint.meeting(room)));
  }

  private static @Nullable List<CodeableConcept> reason(BookingCommand command) {
    BookingRequest request = command.request();
    String words =
        Stream.of(
                request.reasonText(),
                request.comment(),
                request.booker().map(AppointmentForm::bookedBy))
            .flatMap(Optional::stream)
            .map(Phi::value)
            .collect(Collectors.joining(" - "));
    List<Coding> codes =
        request.reasonCode().flatMap(command.offered().visit()::reason).stream()
            .map(Reason::coding)
            .map(one -> coding(one.system(), one.code(), one.display()))
            .toList();
    if (words.isEmpty() && codes.isEmpty()) {
      return null;
    }
    return List.of(
        new CodeableConcept(
            codes.isEmpty() ? null : codes, words.isEmpty() ? null : Phi.of(words)));
  }

  /**
   * Names the person who booked for the patient. This text goes into the reason of the visit, and
   * not into the patient's own record.
   */
  private static Phi<String> bookedBy(BookingRequest.Booker booker) {
    return Phi.of(
        "Booked by %s %s, %s, %s"
            .formatted(
                booker.given().value(),
                booker.family().value(),
                booker.phone().value(),
                booker.email().value()));
  }

  private static Coding coding(String system, String code, String display) {
    return new Coding(system, code, display.isEmpty() ? null : display);
  }
}
