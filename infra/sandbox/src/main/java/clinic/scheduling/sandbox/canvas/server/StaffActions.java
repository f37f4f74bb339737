package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import clinic.scheduling.sandbox.canvas.fhir.FhirTime;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /canvas-control/appointments/…} and {@code patients/…}: the front desk over HTTP. */
final class StaffActions {
  private final FrontDesk desk;

  StaffActions(FrontDesk desk) {
    this.desk = desk;
  }

  private record Reschedule(
      @Nullable String start, @Nullable String end, @Nullable String practitioner) {}

  private record CoSchedule(@Nullable String practitioner) {}

  private record Show(@Nullable String status) {}

  private record Nothing() {}

  /** {@code path} starts with "appointments". */
  Reply handle(Call call, List<String> path) throws JsonProcessingException {
    if (!call.method().equals("POST")) {
      return ControlError.reply(405, "staff actions are POSTs");
    }
    if (path.size() == 1) {
      return created(desk.book(Json.parse(call.text())));
    }
    return path.size() == 3
        ? act(path.get(1), path.get(2), call.text())
        : ControlError.reply(404, "appointments/<id>/<action>");
  }

  /** {@code PUT patients/<id>/telecom}, a list as in a FHIR Patient. */
  Reply contacts(Call call, List<String> path) throws JsonProcessingException {
    if (path.size() != 3 || !path.get(2).equals("telecom") || !call.method().equals("PUT")) {
      return ControlError.reply(404, "PUT patients/<id>/telecom");
    }
    desk.contacts(path.get(1), Json.MAPPER.readValue(call.text(), ArrayNode.class));
    return Reply.empty(204);
  }

  private Reply act(String id, String action, String body) throws JsonProcessingException {
    switch (action) {
      case "reschedule" -> {
        return reschedule(id, body);
      }
      case "co-schedule" -> {
        String practitioner = read(body, CoSchedule.class).practitioner();
        return created(desk.coSchedule(id, required("practitioner", practitioner)));
      }
      case "show" -> {
        desk.show(id, required("status", read(body, Show.class).status()));
        return Reply.empty(204);
      }
      default -> read(body, Nothing.class);
    }
    switch (action) {
      case "cancel" -> desk.cancel(id);
      case "restore" -> desk.restore(id);
      case "check-in" -> desk.checkIn(id);
      case "no-show" -> desk.noShow(id);
      case "confirm" -> desk.confirm(id);
      case "delete" -> desk.delete(id);
      default -> {
        return ControlError.reply(404, "there is no action " + action);
      }
    }
    return Reply.empty(204);
  }

  private Reply reschedule(String id, String body) throws JsonProcessingException {
    Reschedule wanted = read(body, Reschedule.class);
    return created(
        desk.reschedule(
            id,
            instant(required("start", wanted.start())),
            Optional.ofNullable(wanted.end()).map(StaffActions::instant),
            Optional.ofNullable(wanted.practitioner())));
  }

  private static <T> T read(String body, Class<T> type) throws JsonProcessingException {
    return Json.MAPPER.readValue(body.isBlank() ? "{}" : body, type);
  }

  private static String required(String field, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  private static Instant instant(String text) {
    try {
      return FhirTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text + " is no time with a zone", e);
    }
  }

  private static Reply created(String id) {
    return Reply.json(201, Json.write(Json.object().put("id", id)));
  }
}
