package clinic.scheduling.sandbox.canvas.faults;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.fhir.DateFilter;
import clinic.scheduling.sandbox.canvas.fhir.FhirTime;
import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Entries that a search must not return. */
final class UnrelatedEntry {
  /** A staff key that nobody has, and a location that no world has. */
  private static final ScheduleKey STRANGER = new ScheduleKey(999, "f".repeat(32));

  private static final String STRANGE_APPOINTMENT = "ffffffff-ffff-4fff-8fff-ffffffffffff";
  private static final String UNREADABLE = "soon";
  private static final Duration FAR_AWAY = Duration.ofDays(730);

  /** A time in the afternoon of the requested day, both in America and in UTC. */
  private static final Duration INTO_THE_DAY = Duration.ofHours(20);

  private UnrelatedEntry() {}

  /** A copy of the first entry or, if there is none, an entry that would match the search. */
  static ObjectNode like(ObjectNode bundle, Call call) {
    return bundle.path("entry").path(0).path("resource") instanceof ObjectNode first
        ? first.deepCopy()
        : fitting(call);
  }

  /** Damages the most important field of a resource. */
  static ObjectNode damage(ObjectNode resource) {
    switch (resource.path("resourceType").asText()) {
      case "Slot", "Appointment" -> resource.put("start", UNREADABLE);
      case "Practitioner" -> damageQualification(resource);
      default -> resource.put("id", "no id");
    }
    return resource;
  }

  /** Makes the entry belong to somebody for whom the search did not ask. */
  static ObjectNode foreign(ObjectNode resource) {
    switch (resource.path("resourceType").asText()) {
      case "Slot" -> resource.set("schedule", Json.reference("Schedule", STRANGER.id()));
      case "Appointment" -> another(resource).set("participant", with(STRANGER.practitioner()));
      case "Schedule" ->
          resource
              .put("id", STRANGER.id())
              .putArray("actor")
              .add(Json.reference("Practitioner", STRANGER.practitioner()));
      default -> resource.put("id", STRANGER.practitioner());
    }
    return resource;
  }

  /** Moves the entry years ahead; empty if the resource has no time. */
  static Optional<ObjectNode> outside(ObjectNode resource) {
    if (!List.of("Slot", "Appointment").contains(resource.path("resourceType").asText())) {
      return Optional.empty();
    }
    if (resource.has("id")) {
      another(resource);
    }
    for (String field : List.of("start", "end")) {
      Instant time = FhirTime.parse(resource.path(field).asText());
      resource.put(field, FhirTime.utc(time.plus(FAR_AWAY)));
    }
    return Optional.of(resource);
  }

  private static void damageQualification(ObjectNode practitioner) {
    ArrayNode qualifications = practitioner.withArray("/qualification");
    JsonNode first = qualifications.path(0);
    ObjectNode damaged = first instanceof ObjectNode one ? one : qualifications.addObject();
    damaged.withObject("/period").put("start", UNREADABLE);
  }

  private static ObjectNode another(ObjectNode appointment) {
    appointment.remove(List.of("identifier", "extension"));
    return appointment.put("id", STRANGE_APPOINTMENT);
  }

  private static ObjectNode fitting(Call call) {
    String type = call.path().substring(1).replaceFirst("/.*", "");
    ObjectNode resource = Json.object().put("resourceType", type);
    switch (type) {
      case "Slot" -> {
        String asked = call.query("schedule").orElse("").replace("Schedule/", "");
        resource.set("schedule", Json.reference("Schedule", asked));
        timed(resource.put("status", "free"), call.query("start"));
      }
      case "Appointment" -> {
        String asked = call.query("practitioner").orElse("").replace("Practitioner/", "");
        resource.put("id", STRANGE_APPOINTMENT).set("participant", with(asked));
        timed(resource.put("status", "booked"), call.query("date"));
      }
      default -> resource.put("id", STRANGER.practitioner());
    }
    return resource;
  }

  private static void timed(ObjectNode resource, Optional<String> asked) {
    DateFilter day = DateFilter.parse("date", asked.orElse("2027-03-16"));
    Instant start = day.span().start().plus(INTO_THE_DAY);
    resource
        .put("start", FhirTime.utc(start))
        .put("end", FhirTime.utc(start.plus(Duration.ofMinutes(20))));
  }

  private static ArrayNode with(String practitioner) {
    ArrayNode participants = Json.array();
    ObjectNode participant = participants.addObject();
    participant.set("actor", Json.reference("Practitioner", practitioner));
    participant.put("status", "accepted");
    return participants;
  }
}
