package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * {@code /canvas-control}: how tests and users control the stand-in. The real Canvas has no such
 * interface. An invalid request is answered with 400 and the reason, an impossible staff action
 * with 409.
 */
public final class CanvasControl implements StandIn {
  private final CanvasSandbox canvas;
  private final StaffActions staff;

  public CanvasControl(CanvasSandbox canvas) {
    this.canvas = canvas;
    this.staff = new StaffActions(canvas.frontDesk());
  }

  @Override
  public void mount(Server server) {
    server.mount("/canvas-control", this::handle);
  }

  private Reply handle(Call call) {
    try {
      return route(call, List.of(call.path().substring(1).split("/")));
    } catch (UnrecognizedPropertyException e) {
      return ControlError.reply(
          400, "unknown field " + e.getPropertyName() + "; known are " + e.getKnownPropertyIds());
    } catch (JsonProcessingException e) {
      return ControlError.reply(400, e.getOriginalMessage());
    } catch (IllegalStateException e) {
      return ControlError.reply(409, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return ControlError.reply(400, String.valueOf(e.getMessage()));
    }
  }

  private Reply route(Call call, List<String> path) throws JsonProcessingException {
    String resource = path.size() == 1 ? path.get(0) : "";
    return switch (call.method() + " " + resource) {
      case "GET state" -> ok(state());
      case "GET toggles" -> ok(TogglesJson.listed(canvas.toggles()));
      case "PUT toggles" -> {
        TogglesJson.change(canvas.toggles(), Json.parse(call.text()));
        yield ok(TogglesJson.listed(canvas.toggles()));
      }
      case "DELETE toggles" -> {
        canvas.toggles().reset();
        yield Reply.empty(204);
      }
      case "GET faults" -> ok(FaultsJson.listed(canvas.faults()));
      case "POST faults" -> {
        canvas.faults().add(FaultsJson.read(call.text()));
        yield ok(FaultsJson.listed(canvas.faults()));
      }
      case "DELETE faults" -> {
        canvas.faults().clear();
        yield Reply.empty(204);
      }
      case "GET notifications" -> ok(NotificationsJson.settings(canvas.notifications()));
      case "POST notifications", "PUT notifications" -> {
        NotificationsJson.change(canvas.notifications(), Json.parse(call.text()));
        yield ok(NotificationsJson.settings(canvas.notifications()));
      }
      case "POST calendar" -> {
        canvas.addToCalendar(CalendarJson.read(call.text()));
        yield Reply.empty(204);
      }
      case "PUT world" -> Reply.json(200, WorldJson.become(canvas, call.text()));
      case "DELETE tokens" -> {
        canvas.revokeTokens();
        yield Reply.empty(204);
      }
      default ->
          switch (path.get(0)) {
            case "appointments" -> staff.handle(call, path);
            case "patients" -> staff.contacts(call, path);
            default -> unknown(call);
          };
    };
  }

  private ObjectNode state() throws JsonProcessingException {
    ObjectNode state = Json.object();
    for (String text : canvas.appointmentTexts()) {
      state.withArray("/appointments").add(Json.parse(text));
    }
    state.withArray("/appointments");
    state.put("patients", canvas.patientCount());
    state.put("deliveryCount", canvas.notifications().log().count());
    state.set("deliveries", NotificationsJson.deliveries(canvas.notifications().log()));
    return state;
  }

  private static Reply unknown(Call call) {
    return ControlError.reply(404, "there is no " + call.method() + " " + call.path());
  }

  private static Reply ok(JsonNode body) {
    return Reply.json(200, body.toPrettyString());
  }
}
