package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.visit.Consent;
import java.util.Optional;

/** Whether there is something to tell. */
sealed interface News {

  /** The change stands; {@code consent} is what the patient said when booking through us. */
  record Due(Order order, Visit visit, Patient patient, Optional<Consent> consent)
      implements News {}

  /** Nothing is to be told, now or later. */
  record Silence(String why) implements News {}
}
