package clinic.scheduling.sandbox.canvas.appointments;

import static clinic.scheduling.sandbox.canvas.fhir.Schema.fields;
import static clinic.scheduling.sandbox.canvas.fhir.Schema.listOf;
import static clinic.scheduling.sandbox.canvas.fhir.Schema.text;

import clinic.scheduling.sandbox.canvas.fhir.Schema;

/** The fields that an Appointment may have: FHIR R4, and what Canvas requires. */
final class AppointmentSchema {
  private static final Schema CODING =
      fields()
          .with("system", text())
          .with("version", text())
          .with("code", text())
          .with("display", text())
          .with("userSelected", Schema.Scalar.FLAG)
          .also("id", "extension");
  private static final Schema CONCEPT =
      fields().with("coding", listOf(CODING)).with("text", text()).also("id", "extension");
  private static final Schema REFERENCE =
      fields()
          .with("reference", text())
          .with("type", text())
          .with("display", text())
          .also("id", "extension", "identifier")
          .requiring("reference");
  private static final Schema PARTICIPANT =
      fields()
          .with("actor", REFERENCE)
          .with("status", text("accepted", "declined", "tentative", "needs-action"))
          .with("required", text("required", "optional", "information-only"))
          .also("id", "extension", "modifierExtension", "type", "period")
          .requiring("actor", "status");
  private static final Schema ENDPOINT =
      fields()
          .with("resourceType", text("Endpoint"))
          .with("id", text())
          .with("status", text("active", "suspended", "error", "off", "entered-in-error", "test"))
          .with("connectionType", CODING)
          .with("payloadType", listOf(CONCEPT))
          .with("address", text())
          .also("name", "header", "period", "identifier", "contact", "payloadMimeType")
          .also("managingOrganization", "extension", "meta")
          .requiring("resourceType", "id", "status", "connectionType", "payloadType", "address");
  private static final Schema IDENTIFIER =
      fields()
          .with("id", text())
          .with("use", text("usual", "official", "temp", "secondary", "old"))
          .with("system", text())
          .with("value", text())
          .with("assigner", fields().with("display", text()).also("reference", "type"))
          .with("period", fields().with("start", text()).with("end", text()))
          .also("extension", "type")
          .requiring("system", "value");
  private static final Schema.Fields APPOINTMENT =
      fields()
          .with("resourceType", text("Appointment"))
          .with("id", text())
          .with(
              "status",
              text(
                  "proposed",
                  "pending",
                  "booked",
                  "arrived",
                  "fulfilled",
                  "cancelled",
                  "noshow",
                  "entered-in-error",
                  "checked-in",
                  "waitlist"))
          .with("start", Schema.Scalar.INSTANT)
          .with("end", Schema.Scalar.INSTANT)
          .with("participant", listOf(PARTICIPANT))
          .with("supportingInformation", listOf(REFERENCE))
          .with("appointmentType", CONCEPT)
          .with("reasonCode", listOf(CONCEPT))
          .with("description", text())
          .with("contained", listOf(ENDPOINT))
          .with("identifier", listOf(IDENTIFIER))
          .with("comment", text())
          .with("minutesDuration", Schema.Scalar.WHOLE)
          .with("created", text())
          .with("patientInstruction", text())
          .also("extension", "modifierExtension", "meta", "implicitRules", "language", "text")
          .also("cancelationReason", "serviceCategory", "serviceType", "specialty")
          .also("reasonReference", "priority", "slot", "basedOn", "requestedPeriod");

  private AppointmentSchema() {}

  static Schema ofCreate() {
    return APPOINTMENT.requiring("status", "start", "end", "participant", "supportingInformation");
  }

  static Schema ofUpdate() {
    return APPOINTMENT.requiring(
        "id", "status", "start", "end", "participant", "supportingInformation");
  }
}
