package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.visit.Consent;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How a visit stands at the moment of telling.
 *
 * @param view what the patient sees of it, as a fingerprint; empty if that is not certain
 * @param place the zone of the place
 * @param consent what was ticked when it was booked through us
 * @param isTickLost whether the patient was promised the visit by us, and what they ticked is not
 *     kept any more
 * @param addresses of the patient's record, for e-mail
 * @param numbers of the patient's record, for SMS
 */
record VisitState(
    Appointment appointment,
    Interval time,
    Optional<String> view,
    Visit visit,
    ZoneId place,
    Patient patient,
    Optional<Consent> consent,
    boolean isTickLost,
    List<FindContact.Point> addresses,
    List<FindContact.Point> numbers) {

  /** The zone in which the patient lives, as far as anybody said. */
  ZoneId home() {
    return consent
        .flatMap(Consent::zone)
        .or(patient::zone)
        .flatMap(DescribeVisit::zone)
        .orElse(place);
  }
}
