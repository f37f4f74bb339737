package clinic.scheduling.upkeep.reminders;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.remind.ReminderTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * Which visits have a reminder due. Derived from the appointments alone, so that there is nothing
 * that could be lost. Pure. Whether the reminder still makes sense is asked again when it is sent.
 */
final class DueReminders {
  private static final Set<AppointmentStatus> AWAITED =
      Set.of(AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.BOOKED);

  private DueReminders() {}

  /**
   * @param due after its start and up to its end, inclusive
   */
  static List<Appointment> of(
      ReminderStep step, List<Appointment> appointments, Practice practice, Interval due) {
    return appointments.stream()
        .filter(visit -> visit.patient().isPresent() && visit.replacedBy().isEmpty())
        .filter(visit -> visit.knownStatus().filter(AWAITED::contains).isPresent())
        .filter(visit -> isDue(step, visit, practice, due))
        .toList();
  }

  private static boolean isDue(
      ReminderStep step, Appointment visit, Practice practice, Interval due) {
    return visit
        .time()
        .map(time -> ReminderTime.due(step, time.start(), zone(visit, practice)))
        .filter(at -> at.isAfter(due.start()) && !at.isAfter(due.end()))
        .isPresent();
  }

  /** The name of one reminder of one time of a visit. */
  static String key(String root, ReminderStep step, Instant start) {
    return root + "#" + step.id() + "-" + start.getEpochSecond() / 60;
  }

  private static ZoneId zone(Appointment visit, Practice practice) {
    return visit
        .location()
        .flatMap(practice::locationByCanvasId)
        .orElse(practice.locations().get(0))
        .zone();
  }
}
