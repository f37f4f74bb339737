package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import java.util.Optional;

/** Where the appointments of a thread are read: Canvas, asked once or with patience. */
@FunctionalInterface
public interface AppointmentReads {

  /**
   * Empty if Canvas says that there is no such appointment.
   *
   * @throws clinic.scheduling.core.UnavailableException if it does not say
   */
  Optional<Versioned<Appointment>> appointment(String id);
}
