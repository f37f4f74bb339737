package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Interval;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.fhir.FhirTime;
import clinic.scheduling.sandbox.canvas.practice.Directory;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** Builds the documents of appointments that staff derive from other appointments. */
final class LinkedCopies {
  private final Directory directory;
  private final Toggles toggles;

  LinkedCopies(Directory directory, Toggles toggles) {
    this.directory = directory;
    this.toggles = toggles;
  }

  ObjectNode replacement(AppointmentHistory old, Interval time, Optional<String> practitioner) {
    if (!time.end().isAfter(time.start())) {
      throw new IllegalArgumentException("end must be after start");
    }
    ObjectNode document = bare(old);
    document.put("start", FhirTime.utc(time.start())).put("end", FhirTime.utc(time.end()));
    if (toggles.on(Toggle.RESCHEDULE_KEEPS_IDENTIFIERS)) {
      Optional.ofNullable(old.now().document().get("identifier"))
          .ifPresent(identifiers -> document.set("identifier", identifiers.deepCopy()));
    }
    if (toggles.on(Toggle.RESCHEDULE_KEEPS_STATUS)) {
      document.put("status", old.now().status());
    }
    practitioner.ifPresent(key -> give(document, key));
    link(document, old.id(), "Previously Rescheduled Appointment");
    return document;
  }

  /** A copy without id, note, identifiers and links to other appointments. */
  static ObjectNode bare(AppointmentHistory entry) {
    ObjectNode document = entry.now().document().deepCopy();
    document.remove(Set.of("id", "extension", "identifier"));
    ArrayNode kept = Json.array();
    document
        .path("supportingInformation")
        .valueStream()
        .filter(info -> !info.path("type").asText().equals("Appointment"))
        .forEach(kept::add);
    document.set("supportingInformation", kept);
    return document.put("status", "proposed");
  }

  /** Assigns the appointment to this practitioner. */
  void give(ObjectNode document, String key) {
    if (directory.clinician(key).isEmpty()) {
      throw new IllegalArgumentException("there is no practitioner " + key);
    }
    ((ObjectNode) document.path("participant").path(0))
        .set("actor", Json.reference("Practitioner", key));
  }

  static void link(ObjectNode document, String other, String display) {
    ((ArrayNode) document.path("supportingInformation"))
        .add(Json.reference("Appointment", other).put("display", display));
  }
}
