package clinic.scheduling.mirror;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.canvas.World;
import java.util.List;
import java.util.UUID;

/** Visits of patients in Canvas's stand-in. */
final class Visits {
  private static final String PATIENT = "5a6b7c8d9e0f4123a4b5c6d7e8f90a1b";
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";

  private Visits() {}

  /** Books a visit with Ingrid, and returns its id. */
  static String book(Canvas canvas, Interval time) {
    WriteOutcome outcome =
        canvas.create(
            new Appointment(
                "Appointment",
                null,
                null,
                List.of(Identifier.usual(MirrorWorld.SYSTEM, "bk-" + UUID.randomUUID())),
                "proposed",
                CodeableConcept.of(
                    new Coding("http://snomed.info/sct", "308335008", "Office Visit")),
                null,
                null,
                List.of(Reference.to("Location", HARBOR)),
                time.start().toString(),
                time.end().toString(),
                List.of(
                    Participant.accepted(Reference.to("Patient", PATIENT)),
                    Participant.accepted(Reference.to("Practitioner", World.INGRID)))));
    if (outcome instanceof WriteOutcome.Written written) {
      return written.id();
    }
    throw new AssertionError("Canvas says " + outcome);
  }
}
