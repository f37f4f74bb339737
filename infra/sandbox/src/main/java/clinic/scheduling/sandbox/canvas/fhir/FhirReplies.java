package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;

/** Writes the replies to successful FHIR calls, in the form that the toggles select. */
public final class FhirReplies {
  private final Toggles toggles;
  private final String ownBase;

  public FhirReplies(Toggles toggles, String ownBase) {
    this.toggles = toggles;
    this.ownBase = ownBase;
  }

  public static Reply ok(JsonNode body) {
    return Reply.text(200, OperationOutcome.FHIR_JSON, Json.write(body));
  }

  public Reply created(String type, String id) {
    return written(201).with("Location", location(type, id));
  }

  public Reply updated(String type, String id) {
    Reply reply = written(200);
    return toggles.on(Toggle.LOCATION_ON_UPDATE)
        ? reply.with("Location", location(type, id))
        : reply;
  }

  private Reply written(int status) {
    return toggles.text(Toggle.WRITE_BODY).equals("null")
        ? Reply.text(status, OperationOutcome.FHIR_JSON, "null")
        : Reply.empty(status);
  }

  private String location(String type, String id) {
    String configured = toggles.text(Toggle.LOCATION_BASE);
    String base = configured.isEmpty() ? ownBase : configured;
    String path = "/" + type + "/" + id;
    String history = toggles.on(Toggle.LOCATION_HISTORY) ? "/_history/1" : "";
    return (toggles.on(Toggle.LOCATION_RELATIVE) ? "" : base) + path + history;
  }
}
