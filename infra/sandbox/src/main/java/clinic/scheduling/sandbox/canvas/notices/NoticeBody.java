package clinic.scheduling.sandbox.canvas.notices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Optional;

/** Writes the body of a notice in one style; empty if that style sends nothing about the change. */
final class NoticeBody {
  private final NotificationSettings settings;
  private final Clock clock;

  NoticeBody(NotificationSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  Optional<ObjectNode> of(AppointmentChange change) {
    return switch (settings.style()) {
      case PLUGIN -> plugin(change);
      case SEED -> seed(change);
      case COMMUNITY -> community(change);
    };
  }

  private Optional<ObjectNode> plugin(AppointmentChange change) {
    return event(change.kind())
        .map(
            event -> {
              ObjectNode body = object().put("v", 1).put("event", event);
              putId(body, "appointment", change);
              identifier(change).ifPresent(value -> body.put("identifier", value));
              return body;
            });
  }

  private Optional<String> event(AppointmentChange.Kind kind) {
    return switch (kind) {
      case CREATED, RESCHEDULED -> Optional.of("APPOINTMENT_CREATED");
      case UPDATED, DELETED -> Optional.of("APPOINTMENT_UPDATED");
      case CANCELED -> Optional.of("APPOINTMENT_CANCELED");
      case NO_SHOWED -> Optional.of("APPOINTMENT_NO_SHOWED");
      case CHECKED_IN -> Optional.of("APPOINTMENT_CHECKED_IN");
      case RESTORED -> Optional.of("APPOINTMENT_RESTORED");
      case SUPERSEDED ->
          switch (settings.superseded()) {
            case "canceled" -> Optional.of("APPOINTMENT_CANCELED");
            case "none" -> Optional.empty();
            default -> Optional.of("APPOINTMENT_UPDATED");
          };
    };
  }

  private Optional<ObjectNode> seed(AppointmentChange change) {
    if (change.patient().isEmpty()) {
      return Optional.empty();
    }
    return flag(change.kind())
        .map(
            flag -> {
              boolean times = flag.equals("created") || flag.equals("rescheduled");
              ObjectNode body = object().put("canvas_patient_key", patientKey(change));
              putId(body, "appointment_external_id", change);
              if (times) {
                body.put("start_time", change.appointment().path("start").asText());
                body.put("end_time", change.appointment().path("end").asText());
              }
              return body.put(flag, true);
            });
  }

  private Optional<String> flag(AppointmentChange.Kind kind) {
    return switch (kind) {
      case CREATED -> Optional.of("created");
      case RESCHEDULED -> Optional.of("rescheduled");
      case CANCELED -> Optional.of("cancelled");
      case NO_SHOWED -> Optional.of("no_show");
      case RESTORED -> Optional.of("reverted");
      case CHECKED_IN -> Optional.of("checked_in");
      case SUPERSEDED ->
          settings.superseded().equals("canceled") ? Optional.of("cancelled") : Optional.empty();
      case UPDATED, DELETED -> Optional.empty();
    };
  }

  private Optional<ObjectNode> community(AppointmentChange change) {
    return switch (change.kind()) {
      case CREATED -> communityBody("appointment_created", change);
      case RESCHEDULED -> communityBody("appointment_rescheduled", change);
      case CANCELED -> communityBody("appointment_canceled", change);
      case NO_SHOWED -> communityBody("appointment_no_showed", change);
      case UPDATED, CHECKED_IN, RESTORED, SUPERSEDED, DELETED -> Optional.empty();
    };
  }

  private Optional<ObjectNode> communityBody(String type, AppointmentChange change) {
    return change.patient().map(patient -> CommunityBody.of(type, change, patient, clock));
  }

  private Optional<String> identifier(AppointmentChange change) {
    for (JsonNode identifier : change.appointment().path("identifier")) {
      if (identifier.path("system").asText().equals(settings.identifierSystem())) {
        return Optional.of(identifier.path("value").asText());
      }
    }
    return Optional.empty();
  }

  private void putId(ObjectNode body, String field, AppointmentChange change) {
    if (settings.nullId()) {
      body.putNull(field);
    } else {
      body.put(field, change.id());
    }
  }

  private static String patientKey(AppointmentChange change) {
    return change.patient().map(patient -> patient.path("id").asText()).orElse("");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
