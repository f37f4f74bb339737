package clinic.scheduling.booking;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.ledger.RowKey;
import java.util.Optional;

/**
 * A move that somebody asked for.
 *
 * @param name of the request in the ledger
 * @param root the id of the first appointment of the thread
 * @param slot where the visit is to be
 */
record Move(RowKey name, String root, OfferedSlot slot) {

  /** Whether the visit stands there; a cancelled one stands nowhere. */
  boolean isDone(VisitThread thread) {
    Appointment now = thread.current();
    return now.knownStatus().map(AppointmentStatus::occupiesTime).orElse(false)
        && AppointmentAnswer.timeOf(thread).equals(slot.slot().time())
        && now.practitioner().equals(Optional.of(slot.slot().practitioner()))
        && now.location().equals(Optional.of(slot.place().canvasId()));
  }
}
