package clinic.scheduling.booking.move;

import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Endpoint;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Interval;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the Appointment resource that moves a visit in Canvas (docs/facts/canvas.md 3.1). The
 * update contains everything that Canvas requires, and every identifier of the appointment that we
 * read. It leaves out the reason, since an update with a reason would create a new Reason-for-Visit
 * command in Canvas.
 */
@Singleton
class MovedAppointment {
  private final Clinicians clinicians;

  MovedAppointment(Clinicians clinicians) {
    this.clinicians = clinicians;
  }

  /** The same visit at another time. If the clinician changes, the video room changes as well. */
  Appointment of(Appointment current, Interval time, String practitioner, String location) {
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
}
