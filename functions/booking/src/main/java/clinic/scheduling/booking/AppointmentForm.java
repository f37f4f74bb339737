package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Endpoint;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Modality;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The Appointment as Canvas wants it written (canvas.md 3.1). An update sends everything required
 * again and every identifier that was read; the reason is left out of updates, since sending it
 * would make a new Reason-for-Visit command.
 */
@Singleton
class AppointmentForm {
  private final Canvas canvas;
  private final String system;

  /**
   * @param system {@code CANVAS_IDENTIFIER_SYSTEM}: the system of our Appointment identifiers
   */
  AppointmentForm(Canvas canvas, @ConfigProperty(name = "CANVAS_IDENTIFIER_SYSTEM") String system) {
    this.canvas = canvas;
    this.system = system;
  }

  /** A new visit; {@code proposed} is what Canvas calls one that nobody has confirmed yet. */
  Appointment of(Wish wish, String patient) {
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

  /** The same visit, cancelled. */
  Appointment cancelled(Appointment standing) {
    return changed(
        standing,
        AppointmentStatus.CANCELLED.code(),
        standing.start(),
        standing.end(),
        standing.participant(),
        places(standing));
  }

  /** The same visit at another time, perhaps with another clinician at another place. */
  Appointment moved(Appointment standing, Interval time, String practitioner, String location) {
    List<Participant> participants = new ArrayList<>();
    standing
        .patient()
        .map(id -> Reference.to("Patient", id))
        .map(Participant::accepted)
        .ifPresent(participants::add);
    participants.add(Participant.accepted(Reference.to("Practitioner", practitioner)));
    List<Reference> places = new ArrayList<>(places(standing));
    places.removeIf(reference -> reference.idOf("Location").isPresent());
    places.add(0, Reference.to("Location", location));
    return changed(
        standing,
        standing.status(),
        time.start().toString(),
        time.end().toString(),
        participants,
        places);
  }

  /** The clinician's own room, for video visits; without one Canvas uses its own default. */
  Optional<String> meetingLink(Wish wish) {
    if (wish.offered().visit().modality() != Modality.VIDEO) {
      return Optional.empty();
    }
    return canvas.practitioners().stream()
        .filter(one -> wish.offered().slot().practitioner().equals(one.id()))
        .findFirst()
        .flatMap(Practitioner::meetingRoom);
  }

  private static Appointment changed(
      Appointment standing,
      @Nullable String status,
      @Nullable String start,
      @Nullable String end,
      @Nullable List<Participant> participants,
      List<Reference> places) {
    return new Appointment(
        "Appointment",
        standing.id(),
        standing.contained(),
        standing.identifier(),
        status,
        standing.appointmentType(),
        null,
        null,
        places,
        start,
        end,
        participants);
  }

  /** Only place and meeting link may be written; links to other appointments are Canvas's own. */
  private static List<Reference> places(Appointment standing) {
    return Stream.ofNullable(standing.supportingInformation())
        .flatMap(List::stream)
        .filter(
            one ->
                one.idOf("Location").isPresent() || String.valueOf(one.reference()).startsWith("#"))
        .toList();
  }

  private static @Nullable List<CodeableConcept> reason(Wish wish) {
    BookingRequest request = wish.request();
    String words =
        Stream.concat(request.reasonText().stream(), request.comment().stream())
            .map(Phi::value)
            .collect(Collectors.joining(" - "));
    List<Coding> codes =
        request.reasonCode().flatMap(wish.offered().visit()::reason).stream()
            .map(one -> coding(one.system(), one.code(), one.display()))
            .toList();
    if (words.isEmpty() && codes.isEmpty()) {
      return null;
    }
    return List.of(
        new CodeableConcept(
            codes.isEmpty() ? null : codes, words.isEmpty() ? null : Phi.of(words)));
  }

  private static Coding coding(String system, String code, String display) {
    return new Coding(system, code, display.isEmpty() ? null : display);
  }
}
