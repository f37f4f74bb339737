package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An appointment and what it replaced, back to the first of its thread. What an appointment has
 * replaced never changes, so that this need not be read twice; how the visit stands does.
 */
public final class VisitHistory {
  private final String appointment;
  private final List<Versioned<Appointment>> before;
  private final String rootId;

  private VisitHistory(Versioned<Appointment> found, AppointmentReads canvas) {
    List<Versioned<Appointment>> all = new ArrayList<>();
    rootId =
        VisitThread.id(VisitThread.follow(found, Appointment::replaces, canvas, all).resource());
    appointment = VisitThread.id(found.resource());
    before = List.copyOf(all.subList(1, all.size()));
  }

  /** Empty if Canvas does not know the appointment. */
  public static Optional<VisitHistory> of(String appointment, AppointmentReads canvas) {
    return canvas.appointment(appointment).map(found -> new VisitHistory(found, canvas));
  }

  /** The id that names the visit: {@link VisitThread#rootId()}. */
  public String rootId() {
    return rootId;
  }

  /** The thread as it is now; empty if Canvas does not show the appointment any more. */
  public Optional<VisitThread> thread(AppointmentReads canvas) {
    return canvas.appointment(appointment).map(found -> VisitThread.of(found, before, canvas));
  }
}
