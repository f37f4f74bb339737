package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import java.util.Optional;

/**
 * Reads appointments from Canvas. An implementation may retry. A read may lag behind a write
 * (docs/facts/canvas.md 3.9).
 */
@FunctionalInterface
public interface AppointmentReads {

  /**
   * The appointment; empty if Canvas says that there is none.
   *
   * @throws clinic.scheduling.core.UnavailableException if Canvas does not answer
   */
  Optional<Versioned<Appointment>> appointment(String id);
}
