package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.VisitType;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.fhir.FhirTime;
import clinic.scheduling.sandbox.canvas.patients.Patients;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the body of a write into the Appointment that later reads return, or refuses it. An update
 * keeps the value of a field that it leaves out.
 */
final class AppointmentForm {
  private static final Set<String> WRITABLE =
      Set.of(
          "proposed",
          "pending",
          "booked",
          "arrived",
          "checked-in",
          "fulfilled",
          "noshow",
          "cancelled");
  private static final String NOTHING_SAID = "No description given";

  private final References parts;
  private final Identifiers identifiers;

  AppointmentForm(Directory directory, Patients patients, Identifiers identifiers) {
    this.parts = new References(directory, patients);
    this.identifiers = identifiers;
  }

  /**
   * Builds the document without its id and note.
   *
   * @throws FhirException 400 or 422
   */
  ObjectNode fill(ObjectNode body, Optional<ObjectNode> stored, LocalDate today) {
    VisitType type = parts.type(body, stored);
    ObjectNode document = Json.object().put("resourceType", "Appointment");
    contained(body, stored).ifPresent(contained -> document.set("contained", contained));
    ArrayNode kept = identifiers.after(body, stored, today);
    if (!kept.isEmpty()) {
      document.set("identifier", kept);
    }
    document.put("status", status(body));
    document.set("appointmentType", References.concept(type));
    reason(body, stored, document);
    document.set("supportingInformation", supporting(body, stored, document.has("contained")));
    times(body, document);
    document.set("participant", parts.participants(body, type));
    return document;
  }

  private static String status(ObjectNode body) {
    String status = body.path("status").asText();
    if (!WRITABLE.contains(status)) {
      throw FhirException.unprocessable();
    }
    return status;
  }

  private static void times(ObjectNode body, ObjectNode document) {
    Instant start = FhirTime.parse(body.path("start").asText());
    Instant end = FhirTime.parse(body.path("end").asText());
    if (!end.isAfter(start)) {
      throw FhirException.unprocessable();
    }
    document.put("start", FhirTime.utc(start)).put("end", FhirTime.utc(end));
  }

  private void reason(ObjectNode body, Optional<ObjectNode> stored, ObjectNode document) {
    boolean silent = !Json.has(body, "reasonCode") && !Json.has(body, "description");
    if (silent && stored.isPresent()) {
      copy(stored.get(), document, "reasonCode");
      copy(stored.get(), document, "description");
      return;
    }
    JsonNode sent = body.path("reasonCode").path(0);
    ObjectNode reason = Json.object();
    parts.reasonCoding(sent).ifPresent(coding -> reason.set("coding", coding));
    Json.text(sent, "text")
        .or(() -> Json.text(body, "description"))
        .or(() -> reason.has("coding") ? Optional.empty() : Optional.of(NOTHING_SAID))
        .ifPresent(text -> reason.put("text", text));
    document.set("reasonCode", Json.array().add(reason));
    Json.text(reason, "text").ifPresent(text -> document.put("description", text));
  }

  private static Optional<ArrayNode> contained(ObjectNode body, Optional<ObjectNode> stored) {
    if (!Json.has(body, "contained")) {
      return stored
          .filter(document -> document.has("contained"))
          .map(document -> (ArrayNode) document.path("contained").deepCopy());
    }
    if (body.path("contained").size() > 1) {
      throw FhirException.unprocessable();
    }
    ArrayNode contained = (ArrayNode) body.path("contained").deepCopy();
    contained.forEach(endpoint -> ((ObjectNode) endpoint).put("id", References.ENDPOINT_ID));
    return Optional.of(contained).filter(list -> !list.isEmpty());
  }

  private ArrayNode supporting(ObjectNode body, Optional<ObjectNode> stored, boolean endpoint) {
    ArrayNode after = Json.array().add(parts.location(body));
    if (endpoint) {
      after.addObject().put("reference", "#" + References.ENDPOINT_ID).put("type", "Endpoint");
    }
    stored.ifPresent(document -> links(document).forEach(after::add));
    return after;
  }

  /** Canvas itself manages the references to other appointments; no write changes them. */
  private static List<JsonNode> links(ObjectNode document) {
    return document
        .path("supportingInformation")
        .valueStream()
        .filter(info -> info.path("type").asText().equals("Appointment"))
        .toList();
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field).deepCopy());
    }
  }
}
