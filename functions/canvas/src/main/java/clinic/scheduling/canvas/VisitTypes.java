package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import java.util.Optional;

/** Finds the visit type of an appointment in the practice document (docs/facts/canvas.md 8.2). */
public final class VisitTypes {
  private VisitTypes() {}

  /**
   * The visit type of an appointment; empty for a type that only staff book, and for blocked time.
   */
  public static Optional<VisitType> of(Appointment appointment, Practice practice) {
    return Optional.ofNullable(appointment.appointmentType())
        .flatMap(CodeableConcept::first)
        .flatMap(
            coding ->
                practice.visitTypeByCoding(
                    String.valueOf(coding.system()), String.valueOf(coding.code())));
  }
}
