package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.confirmations.contact.ContactPoints;
import clinic.scheduling.confirmations.render.Visit;
import clinic.scheduling.core.Interval;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A visit as Canvas shows it at the moment of sending.
 *
 * @param fingerprint of what the patient sees of it; empty if Canvas does not show all of that
 * @param place the zone of the place
 * @param home the zone in which the patient lives, or that of the place if nobody said
 */
record VisitState(
    Appointment appointment,
    Interval time,
    Optional<String> fingerprint,
    Visit visit,
    ZoneId place,
    ZoneId home,
    Patient patient,
    ContactPoints contacts) {}
