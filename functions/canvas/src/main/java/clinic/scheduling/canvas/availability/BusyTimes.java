package clinic.scheduling.canvas.availability;

import clinic.scheduling.canvas.VisitTypes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The times in which a clinician is busy because of visits or blocked time. Each visit is widened
 * by the buffers of its type in the practice document. An appointment with an unknown status counts
 * as busy (docs/facts/canvas.md 3.2, 3.8). A pure function.
 */
public final class BusyTimes {
  private BusyTimes() {}

  /**
   * @param practitioner the Canvas staff key; appointments of others are ignored
   * @throws UnavailableException if an appointment has no readable clinician or time
   */
  public static List<Interval> of(
      Collection<Appointment> appointments, String practitioner, Practice practice) {
    return appointments.stream()
        .filter(one -> isTheirs(one, practitioner))
        .filter(one -> one.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true))
        .map(one -> withBuffers(one, practice))
        .toList();
  }

  private static boolean isTheirs(Appointment one, String practitioner) {
    return one.practitioner().map(practitioner::equals).orElseThrow(BusyTimes::unreadable);
  }

  private static Interval withBuffers(Appointment one, Practice practice) {
    Interval time = one.time().orElseThrow(BusyTimes::unreadable);
    return VisitTypes.of(one, practice)
        .map(type -> time.widened(type.bufferBefore(), type.bufferAfter()))
        .orElse(time);
  }

  private static UnavailableException unreadable() {
    return new UnavailableException(
        "canvas: an appointment that cannot be read", Duration.ofSeconds(5));
  }
}
