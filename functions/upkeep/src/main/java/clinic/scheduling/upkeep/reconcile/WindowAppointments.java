package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.canvas.fhir.Appointment;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All appointments of one clinician in a window. Both directions of a reconciliation need them;
 * they are read when first needed. A read that fails is tried again by the next caller.
 */
final class WindowAppointments {
  private final Supplier<List<Appointment>> read;
  private Optional<List<Appointment>> known = Optional.empty();

  WindowAppointments(Supplier<List<Appointment>> read) {
    this.read = read;
  }

  /**
   * @throws clinic.scheduling.core.UnavailableException if Canvas does not answer completely
   * @throws OutOfTimeException if there is not enough time
   */
  List<Appointment> all() {
    List<Appointment> all = known.orElseGet(() -> List.copyOf(read.get()));
    known = Optional.of(all);
    return all;
  }

  /** The appointments, if they were read already. */
  Optional<List<Appointment>> known() {
    return known;
  }
}
