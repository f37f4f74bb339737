package clinic.scheduling.calendars.entry;

import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A visit as Canvas shows it now, reduced to what calendars and patients see.
 *
 * @param root the id of the visit's first appointment
 * @param status the status; empty if this system does not know it
 * @param time the time; empty if it cannot be read
 * @param practitioner the Canvas staff key; empty if there is none
 */
public record CanvasVisit(
    String root,
    Visibility visibility,
    Kind kind,
    Optional<AppointmentStatus> status,
    Optional<Interval> time,
    String practitioner,
    Details details) {

  /**
   * What an entry may tell about the visit.
   *
   * @param zone the time zone of the place, in which times are shown
   * @param title the visit type, such as {@code Office visit}
   * @param place the location in the practice, if it is known
   * @param meetingLink the link of a video visit
   * @param chart the address of the patient's chart in Canvas, for calendars that may identify the
   *     patient
   * @param schedule an address in Canvas that is the same for every visit and identifies nobody
   * @param patient what calendars may show about the patient; empty if no calendar of the clinician
   *     may show anything
   */
  public record Details(
      ZoneId zone,
      String title,
      Optional<String> place,
      Optional<String> meetingLink,
      Optional<String> chart,
      Optional<String> schedule,
      Optional<PatientSummary> patient) {}

  /** What Canvas returns for the visit. */
  public enum Visibility {
    PRESENT,
    /** Canvas names a successor of the appointment, but does not return that successor. */
    REPLACED,
    /** Canvas no longer knows the visit. */
    ABSENT
  }

  /** Who occupies the time. */
  public enum Kind {
    OF_PATIENT,
    /** Time blocked in Canvas. */
    BUSY_TIME,
    /** Time that this system blocked in Canvas because a calendar showed an event. */
    OUR_BLOCK
  }

  /** Whether the visit takes place, as far as we know. */
  public boolean isOn() {
    return visibility == Visibility.PRESENT
        && time.isPresent()
        && status.filter(AppointmentStatus::occupiesTime).isPresent();
  }

  /** Whether the visit certainly does not take place. */
  public boolean isGone() {
    return visibility == Visibility.ABSENT
        || (visibility == Visibility.PRESENT
            && status.filter(AppointmentStatus::isGone).isPresent());
  }
}
