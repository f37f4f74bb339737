package clinic.scheduling.sandbox.canvas.notices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the body that the community plugin {@code appointment-sync-webhook} sends. */
final class CommunityBody {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");

  private CommunityBody() {}

  static ObjectNode of(String type, AppointmentChange change, ObjectNode patient, Clock clock) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("event_type", type);
    ObjectNode appointment = times(change.appointment());
    change.original().ifPresent(old -> appointment.set("original_appointment", times(old)));
    body.set("appointment", appointment);
    body.put("timestamp", MICROSECONDS.format(clock.instant().atOffset(ZoneOffset.UTC)));
    JsonNode name = patient.path("name").path(0);
    body.putObject("patient")
        .put("id", patient.path("id").asText())
        .put("first_name", name.path("given").path(0).asText())
        .put("last_name", name.path("family").asText());
    return body;
  }

  private static ObjectNode times(ObjectNode appointment) {
    String start = appointment.path("start").asText();
    String end = appointment.path("end").asText();
    Duration length = Duration.between(OffsetDateTime.parse(start), OffsetDateTime.parse(end));
    String practitioner =
        appointment.path("participant").path(0).path("actor").path("reference").asText();
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", appointment.path("id").asText())
        .put("provider_id", practitioner.substring(practitioner.indexOf('/') + 1))
        .put("start_time", start)
        .put("duration_minutes", length.toMinutes())
        .put("end_time", end);
  }
}
