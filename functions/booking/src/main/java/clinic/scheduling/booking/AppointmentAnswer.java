package clinic.scheduling.booking;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.VisitTypes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.visit.ManageLink;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** The JSON of one visit, as every call on {@code /appointments} answers it. */
@Singleton
class AppointmentAnswer {
  private final Practice practice;
  private final AppointmentForm form;
  private final ManageLink links;

  AppointmentAnswer(Practice practice, AppointmentForm form, ManageLink links) {
    this.practice = practice;
    this.form = form;
    this.links = links;
  }

  /** A visit that was just booked. */
  ObjectNode ofNew(BookingCommand wish, String id) {
    ObjectNode node =
        node(
            id,
            AppointmentStatus.PROPOSED,
            wish.offered().slot().time(),
            wish.offered().place().zone());
    node.put("visit", wish.offered().visit().id());
    named(
        node,
        "practitioner",
        wish.offered().practitioner().id(),
        wish.offered().practitioner().name());
    named(node, "location", wish.offered().place().id(), wish.offered().place().name());
    node.put("modality", wish.offered().visit().modality().word());
    form.meetingLink(wish).ifPresent(link -> node.put("meetingLink", link));
    return linked(node, id, wish.offered().slot().time().end());
  }

  /** A visit as Canvas has it now, under the id that its patient knows. */
  ObjectNode of(VisitThread thread) {
    Appointment now = thread.current();
    Interval time = timeOf(thread);
    Optional<Location> place = now.location().flatMap(practice::locationByCanvasId);
    Optional<Practitioner> who = now.practitioner().flatMap(practice::practitionerByCanvasId);
    Optional<VisitType> visit = visitOf(now);
    AppointmentStatus status = statusOf(thread);
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

  /** The visit type that this appointment has in the practice document. */
  Optional<VisitType> visitOf(Appointment appointment) {
    return VisitTypes.of(appointment, practice);
  }

  /** What is not understood is not passed on as something else. */
  static AppointmentStatus statusOf(VisitThread thread) {
    return thread
        .current()
        .knownStatus()
        .orElseThrow(
            () ->
                new UnavailableException(
                    "canvas: a status that is not known", Duration.ofMinutes(1)));
  }

  static Interval timeOf(VisitThread thread) {
    return thread
        .current()
        .time()
        .orElseThrow(
            () ->
                new UnavailableException(
                    "canvas: an appointment without a time", Duration.ofMinutes(1)));
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
    ManageLink.Ways ways = links.to(id, end);
    node.putObject("manage").put("token", ways.token()).put("url", ways.page());
    node.putObject("calendar").put("ics", ways.invite());
    return node;
  }

  private static void named(ObjectNode node, String field, String id, String name) {
    node.putObject(field).put("id", id).put("name", name);
  }
}
