package clinic.scheduling.booking.visit;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.VisitTypes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.visit.ManageLink;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Every answer that contains a visit. Its JSON is the schema {@code Appointment} of {@code
 * infra/openapi.yaml}.
 */
@Singleton
public class AppointmentAnswer {
  private final Practice practice;
  private final Clinicians clinicians;
  private final ManageLink links;

  public AppointmentAnswer(Practice practice, Clinicians clinicians, ManageLink links) {
    this.practice = practice;
    this.clinicians = clinicians;
    this.links = links;
  }

  /** Answers 201 with a visit that was booked just now. */
  public APIGatewayV2HTTPResponse created(BookingCommand command, String id) {
    return created(id, ofNew(command, id));
  }

  /**
   * Answers 201 with a visit as it is in Canvas now, since staff may have changed it after it was
   * booked.
   *
   * @param id the id of the appointment that was created
   */
  public APIGatewayV2HTTPResponse created(VisitThread thread, String id) {
    return created(id, of(thread));
  }

  private static APIGatewayV2HTTPResponse created(String id, ObjectNode appointment) {
    return Responses.with(Responses.json(201, appointment), "Location", "/appointments/" + id);
  }

  /** Answers 200 with a visit as it is in Canvas now. */
  public APIGatewayV2HTTPResponse current(VisitThread thread) {
    return Responses.json(200, of(thread));
  }

  private ObjectNode ofNew(BookingCommand command, String id) {
    ObjectNode node =
        node(
            id,
            AppointmentStatus.PROPOSED,
            command.offered().slot().time(),
            command.offered().place().zone());
    node.put("visit", command.offered().visit().id());
    named(
        node,
        "practitioner",
        command.offered().practitioner().id(),
        command.offered().practitioner().name());
    named(node, "location", command.offered().place().id(), command.offered().place().name());
    node.put("modality", command.offered().visit().modality().word());
    if (command.offered().isVideo()) {
      clinicians
          .room(command.offered().slot().practitioner())
          .ifPresent(link -> node.put("meetingLink", link));
    }
    return linked(node, id, command.offered().slot().time().end());
  }

  /**
   * The JSON of a visit as it is in Canvas now. Its id in the answer is the id of its first
   * appointment, which the patient knows.
   */
  private ObjectNode of(VisitThread thread) {
    Appointment now = thread.current();
    Interval time = Visits.timeOf(thread);
    Optional<Location> place = now.location().flatMap(practice::locationByCanvasId);
    Optional<Practitioner> who = now.practitioner().flatMap(practice::practitionerByCanvasId);
    Optional<VisitType> visit = VisitTypes.of(now, practice);
    AppointmentStatus status = Visits.statusOf(thread);
    ObjectNode node =
        node(thread.rootId(), status, time, place.map(Location::zone).orElse(ZoneOffset.UTC));
    node.put("visit", visit.map(VisitType::id).orElse("other"));
    named(
        node,
        "practitioner",
        who.map(Practitioner::id).orElse("other"),
        who.map(Practitioner::name).orElse("Your clinician"));
    named(
        node,
        "location",
        place.map(Location::id).orElse("other"),
        place.map(Location::name).orElse(practice.name()));
    node.put("modality", visit.map(type -> type.modality().word()).orElse("in-person"));
    now.meetingLink().ifPresent(link -> node.put("meetingLink", link));
    return linked(node, thread.rootId(), time.end());
  }

  private static ObjectNode node(String id, AppointmentStatus status, Interval time, ZoneId zone) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("status", status.word())
        .put("start", Instants.text(time.start(), zone))
        .put("end", Instants.text(time.end(), zone));
  }

  private ObjectNode linked(ObjectNode node, String id, Instant end) {
    ManageLink.Links ways = links.to(id, end);
    node.putObject("manage").put("token", ways.token()).put("url", ways.page());
    node.putObject("calendar").put("ics", ways.invite());
    return node;
  }

  private static void named(ObjectNode node, String field, String id, String name) {
    node.putObject(field).put("id", id).put("name", name);
  }
}
