package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes OperationOutcomes, in the wording that the toggles select. */
public final class OperationOutcome {
  static final String FHIR_JSON = "application/fhir+json";

  private final Toggles toggles;

  public OperationOutcome(Toggles toggles) {
    this.toggles = toggles;
  }

  public Reply of(FhirException refusal) {
    ObjectNode outcome = Json.object().put("resourceType", "OperationOutcome");
    if (toggles.on(Toggle.ERROR_ID)) {
      outcome.put("id", "101");
    }
    ArrayNode issues = outcome.putArray("issue");
    for (Issue issue : refusal.issues()) {
      issues
          .addObject()
          .put("severity", "error")
          .put("code", issue.code())
          .putObject("details")
          .put("text", worded(refusal.status(), issue));
    }
    return Reply.text(refusal.status(), FHIR_JSON, Json.write(outcome));
  }

  private String worded(int status, Issue issue) {
    boolean general = status == 400 && issue.text().equals("Bad request");
    if (general && toggles.on(Toggle.OTHER_TEXT_400)) {
      return "The request was malformed or failed validation.";
    }
    if (status == 412 && toggles.on(Toggle.OTHER_TEXT_412)) {
      return "The resource has been modified since the precondition was specified.";
    }
    return issue.text();
  }
}
