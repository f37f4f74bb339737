package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Place;
import clinic.scheduling.sandbox.canvas.VisitReason;
import clinic.scheduling.sandbox.canvas.VisitType;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import clinic.scheduling.sandbox.canvas.patients.Patients;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Resolves the parts of an Appointment that refer to the configuration of the instance. */
final class References {
  static final String ENDPOINT_ID = "appointment-meeting-endpoint-0";
  private static final Set<String> TYPE_SYSTEMS = Set.of("http://snomed.info/sct", "INTERNAL");

  private final Directory directory;
  private final Patients patients;

  References(Directory directory, Patients patients) {
    this.directory = directory;
    this.patients = patients;
  }

  /**
   * The visit type: the one sent, else the stored one, else the default. An event must always send
   * it.
   */
  VisitType type(ObjectNode body, Optional<ObjectNode> stored) {
    if (Json.has(body, "appointmentType")) {
      return sentType(body.path("appointmentType").path("coding"));
    }
    VisitType kept =
        stored
            .map(document -> document.path("appointmentType").path("coding").path(0))
            .flatMap(coding -> known(coding))
            .orElseGet(directory::defaultType);
    if (!kept.needsPatient()) {
      throw FhirException.unprocessable();
    }
    return kept;
  }

  private VisitType sentType(JsonNode codings) {
    JsonNode coding = codings.path(0);
    String system = coding.path("system").asText();
    if (codings.size() != 1 || !TYPE_SYSTEMS.contains(system) || !coding.has("code")) {
      throw FhirException.badRequest();
    }
    VisitType type =
        known(coding)
            .orElseThrow(
                () ->
                    FhirException.businessRule(
                        "Appointment Type does not exist with code: %s and system: %s"
                            .formatted(coding.path("code").asText(), system)));
    if (!type.scheduleable()) {
      throw FhirException.businessRule("Note type: " + type.display() + " is not scheduleable");
    }
    return type;
  }

  private Optional<VisitType> known(JsonNode coding) {
    return directory.type(coding.path("system").asText(), coding.path("code").asText());
  }

  static ObjectNode concept(VisitType type) {
    ObjectNode concept = Json.object();
    concept
        .putArray("coding")
        .addObject()
        .put("system", type.system())
        .put("code", type.code())
        .put("display", type.display());
    return concept;
  }

  /** The coding of a structured reason as reads return it; empty if the write sent only text. */
  Optional<ArrayNode> reasonCoding(JsonNode reason) {
    return Json.text(reason.path("coding").path(0), "code").map(this::configured);
  }

  private ArrayNode configured(String code) {
    List<VisitReason> matches = directory.reasons(code);
    if (matches.isEmpty()) {
      throw FhirException.businessRule(
          "structured reason for visit with code " + code + " does not exist");
    }
    if (matches.size() > 1) {
      throw FhirException.businessRule(
          "structured reason for visit with code " + code + " is not unique");
    }
    VisitReason match = matches.get(0);
    ArrayNode coding = Json.array();
    coding
        .addObject()
        .put("system", match.system())
        .put("code", match.code())
        .put("display", match.display())
        .put("userSelected", match.active());
    return coding;
  }

  /** The Location. A write must name exactly one. */
  ObjectNode location(ObjectNode body) {
    List<String> named = new ArrayList<>();
    for (JsonNode info : body.path("supportingInformation")) {
      String reference = info.path("reference").asText();
      if (reference.startsWith("Location/")) {
        named.add(reference.substring("Location/".length()));
      }
    }
    if (named.size() != 1) {
      throw FhirException.unprocessable();
    }
    Place place = directory.place(named.get(0)).orElseThrow(FhirException::unprocessable);
    return Json.reference("Location", place.id());
  }

  /** The participants: first the practitioner, then the patient if there is one. */
  ArrayNode participants(ObjectNode body, VisitType type) {
    List<String> practitioners = named(body, "Practitioner/");
    List<String> people = named(body, "Patient/");
    boolean complete =
        practitioners.size() == 1
            && people.size() <= 1
            && people.size() + 1 == body.path("participant").size()
            && (!type.needsPatient() || people.size() == 1);
    if (!complete || directory.clinician(practitioners.get(0)).isEmpty()) {
      throw FhirException.unprocessable();
    }
    ArrayNode participants = Json.array();
    participants.add(participant("Practitioner", practitioners.get(0)));
    for (String patient : people) {
      if (patients.find(patient).isEmpty()) {
        throw FhirException.unprocessable();
      }
      participants.add(participant("Patient", patient));
    }
    return participants;
  }

  private static List<String> named(ObjectNode body, String prefix) {
    return body.path("participant")
        .valueStream()
        .map(participant -> participant.path("actor").path("reference").asText())
        .filter(reference -> reference.startsWith(prefix))
        .map(reference -> reference.substring(prefix.length()))
        .toList();
  }

  private static ObjectNode participant(String type, String id) {
    ObjectNode participant = Json.object();
    participant.set("actor", Json.reference(type, id));
    return participant.put("status", "accepted");
  }
}
