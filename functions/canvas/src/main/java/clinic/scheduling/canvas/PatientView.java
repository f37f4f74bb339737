package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import java.util.Optional;

/**
 * What a patient sees of a visit, as a fingerprint: when, with whom, where, by which link, or that
 * it is off. The fan-out records it with each change, and whoever tells the change compares it with
 * what Canvas shows at that moment. Ids only; nothing of it can be read back.
 */
public final class PatientView {
  /** The fingerprint of every visit that is off. */
  public static final String GONE = "gone";

  private PatientView() {}

  /**
   * @param visit the last appointment of its thread
   * @return empty if it is not certain how the visit stands: a status that we do not know or that
   *     is neither on nor off, a time that cannot be read, a successor that Canvas does not show
   */
  public static Optional<String> of(Appointment visit, Practice practice) {
    if (visit.replacedBy().isPresent()) {
      return Optional.empty();
    }
    if (visit.knownStatus().filter(AppointmentStatus::isGone).isPresent()) {
      return Optional.of(GONE);
    }
    return visit
        .knownStatus()
        .filter(AppointmentStatus::occupiesTime)
        .flatMap(status -> visit.time())
        .map(
            time ->
                of(
                    time,
                    visit.practitioner().orElse(""),
                    visit.location().flatMap(practice::locationByCanvasId).map(Location::name),
                    visit.meetingLink()));
  }

  /**
   * Of a visit that is on.
   *
   * @param practitioner the Canvas staff key, empty if there is none
   * @param place its name in the practice document
   */
  public static String of(
      Interval time, String practitioner, Optional<String> place, Optional<String> meetingLink) {
    return Digest.of(
        time.start().toString(),
        time.end().toString(),
        practitioner,
        place.orElse(""),
        meetingLink.orElse(""));
  }
}
