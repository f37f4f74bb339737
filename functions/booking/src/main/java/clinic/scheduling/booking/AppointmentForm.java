package clinic.scheduling.booking;

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
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Reason;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Appointment as Canvas wants it written (docs/facts/canvas.md 3.1). An update sends everything
 * required again and every identifier that was read; the reason is left out of updates, since
 * sending it would make a new Reason-for-Visit command.
 */
@Singleton
class AppointmentForm {
  private final Clinicians clinicians;
  private final String system;

  AppointmentForm(Clinicians clinicians, IdentifierSystem system) {
    this.clinicians = clinicians;
    this.system = system.uri();
  }

  /** A new visit; {@code proposed} is what Canvas calls one that nobody has confirmed yet. */
  Appointment of(BookingCommand wish, String patient) {
    Optional<String> link = meetingLink(wish);
    List<Reference> supporting = new ArrayList<>();
    supporting.add(Reference.to("Location", wish.offered().place().canvasId()));
    link.ifPresent(l -> supporting.add(new Reference("#" + Endpoint.ID, "Endpoint", null)));
    clinic.scheduling.core.practice.Coding type = wish.offered().visit().coding();
    return new Appointment(
        "Appointment",
        null,
        link.map(address -> List.of(Endpoint.meeting(address))).orElse(null),
        List.of(Identifier.usual(system, wish.bookingId())),
        AppointmentStatus.PROPOSED.code(),
        CodeableConcept.of(coding(type.system(), type.code(), type.display())),
        reason(wish),
        null,
        supporting,
        wish.offered().slot().time().start().toString(),
        wish.offered().slot().time().end().toString(),
        List.of(
            Participant.accepted(Reference.to("Patient", patient)),
            Participant.accepted(
                Reference.to("Practitioner", wish.offered().slot().practitioner()))));
  }

  /**
   * The same visit at another time, perhaps with another clinician at another place. Another
   * clinician brings another room.
   */
  Appointment moved(Appointment standing, Interval time, String practitioner, String location) {
    List<Participant> participants = new ArrayList<>();
    standing
        .patient()
        .map(id -> Participant.accepted(Reference.to("Patient", id)))
        .ifPresent(participants::add);
    participants.add(Participant.accepted(Reference.to("Practitioner", practitioner)));
    Optional<List<Endpoint>> room = rooms(standing, practitioner);
    List<Reference> places = new ArrayList<>();
    places.add(Reference.to("Location", location));
    room.ifPresent(one -> places.add(new Reference("#" + Endpoint.ID, "Endpoint", null)));
    return new Appointment(
        "Appointment",
        standing.id(),
        room.orElse(null),
        standing.identifier(),
        standing.status(),
        standing.appointmentType(),
        null,
        null,
        places,
        time.start().toString(),
        time.end().toString(),
        participants);
  }

  /** The clinician's own room, for video visits; without one Canvas uses its own default. */
  Optional<String> meetingLink(BookingCommand wish) {
    return wish.offered().visit().modality() == Modality.VIDEO
        ? clinicians.room(wish.offered().slot().practitioner())
        : Optional.empty();
  }

  private Optional<List<Endpoint>> rooms(Appointment standing, String practitioner) {
    return standing.practitioner().equals(Optional.of(practitioner))
        ? Optional.ofNullable(standing.contained()).filter(rooms -> !rooms.isEmpty())
        : standing
            .meetingLink()
            .flatMap(old -> clinicians.room(practitioner))
            .map(room -> List.of(Endpoint.meeting(room)));
  }

  private static @Nullable List<CodeableConcept> reason(BookingCommand wish) {
    BookingRequest request = wish.request();
    String words =
        Stream.of(
                request.reasonText(),
                request.comment(),
                request.booker().map(AppointmentForm::bookedBy))
            .flatMap(Optional::stream)
            .map(Phi::value)
            .collect(Collectors.joining(" - "));
    List<Coding> codes =
        request.reasonCode().flatMap(wish.offered().visit()::reason).stream()
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

  /** The patient's own record stays the patient's: who booked stands with the visit. */
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
