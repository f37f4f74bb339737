package clinic.scheduling.calendars.entry;

import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One visit as Canvas shows it now, reduced to what calendars and patients see.
 *
 * @param root the first appointment of the thread
 * @param status empty for a status that this system does not know
 * @param time empty if it cannot be read
 * @param zone of the place, for showing times
 * @param practitioner the Canvas staff key, empty if there is none
 * @param title the kind of visit, {@code Office visit}
 * @param place where in the practice, if it is known
 * @param meetingLink of a video visit
 * @param chart an address of the patient's chart in Canvas, for calendars that may show who it is
 * @param schedule an address in Canvas that is the same for every visit and leads to nobody
 * @param person the patient, if a calendar of the clinician may show something about them
 */
public record Visit(
    String root,
    Visibility sight,
    Kind kind,
    Optional<AppointmentStatus> status,
    Optional<Interval> time,
    ZoneId zone,
    String practitioner,
    String title,
    Optional<String> place,
    Optional<String> meetingLink,
    Optional<String> chart,
    Optional<String> schedule,
    Optional<PatientSummary> person) {

  /** How Canvas answered. */
  public enum Visibility {
    PRESENT,
    /** It has a successor that Canvas does not show. */
    REPLACED,
    /** Canvas does not know it any more. */
    ABSENT
  }

  /** Whose time it is. */
  public enum Kind {
    OF_PATIENT,
    /** Time blocked in Canvas. */
    BUSY_TIME,
    /** Time that this system blocked in Canvas because a calendar said so. */
    OUR_BLOCK
  }

  /** Whether the clinician is expected there, as far as is known. */
  public boolean isOn() {
    return sight == Visibility.PRESENT
        && time.isPresent()
        && status.filter(AppointmentStatus::occupiesTime).isPresent();
  }

  /** Whether it is known for certain not to take place. */
  public boolean isGone() {
    return sight == Visibility.ABSENT
        || (sight == Visibility.PRESENT && status.filter(AppointmentStatus::isGone).isPresent());
  }
}
