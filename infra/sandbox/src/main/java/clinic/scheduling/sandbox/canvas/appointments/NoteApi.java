package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.fhir.AccessToken;
import clinic.scheduling.sandbox.canvas.fhir.TokenEndpoint;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;

/** The Note API for one note: read it, or change its state where that is allowed. */
public final class NoteApi {
  public static final String PREFIX = "/core/api/notes/v1/Note/";

  private final TokenEndpoint tokens;
  private final Appointments appointments;
  private final FrontDesk desk;

  public NoteApi(TokenEndpoint tokens, Appointments appointments, FrontDesk desk) {
    this.tokens = tokens;
    this.appointments = appointments;
    this.desk = desk;
  }

  public Reply handle(Call call) {
    AccessToken token = tokens.of(call);
    boolean write = !call.method().equals("GET");
    if (!token.allows("Note", write) || token.patient().isPresent()) {
      return error(403, "Authorization failed");
    }
    String key = call.path().substring(PREFIX.length()).replaceAll("/$", "");
    Optional<AppointmentHistory> entry = appointments.ofNote(key);
    if (entry.isEmpty()) {
      return error(404, "Not found.");
    }
    return switch (call.method()) {
      case "GET" -> note(key, entry.get());
      case "PATCH" -> patch(call, key, entry.get());
      default -> error(405, "Method \"" + call.method() + "\" not allowed.");
    };
  }

  private Reply patch(Call call, String key, AppointmentHistory entry) {
    Optional<NoteState> next = stateChange(call);
    if (next.isEmpty() || !entry.now().note().mayBecome(next.get())) {
      return error(400, "Invalid state transition from " + entry.now().note());
    }
    desk.enter(entry, next.get());
    return note(key, entry);
  }

  private static Optional<NoteState> stateChange(Call call) {
    try {
      String wanted = Json.text(Json.parse(call.text()), "stateChange").orElse("");
      return Arrays.stream(NoteState.values())
          .filter(state -> state.name().equals(wanted))
          .findFirst();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Reply note(String key, AppointmentHistory entry) {
    ObjectNode note =
        Json.object().put("noteKey", key).put("currentState", entry.now().note().name());
    entry.now().patient().ifPresent(patient -> note.put("patientKey", patient));
    note.put("providerKey", entry.now().practitioner());
    return Reply.json(200, Json.write(note));
  }

  private static Reply error(int status, String text) {
    return Reply.json(status, Json.write(Json.object().put("detail", text)));
  }
}
