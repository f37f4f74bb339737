package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.core.Phi;
import java.util.Optional;

/**
 * What a calendar may show of a patient.
 *
 * @param name given and family name
 * @param reason why they come, in the patient's or the practice's words
 * @param home where the clinician goes, for a home visit only
 */
public record PatientSummary(
    Phi<String> name,
    Phi<String> initials,
    Optional<Phi<String>> phone,
    Optional<Phi<String>> reason,
    Optional<Phi<HomeAddress>> home) {}
