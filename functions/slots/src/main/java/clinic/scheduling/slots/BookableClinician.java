package clinic.scheduling.slots;

import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practitioner;
import java.util.List;

/**
 * A clinician at a place, as the practice document and Canvas together describe them.
 *
 * @param schedule the Canvas Schedule id
 * @param specialties the specialties that the practice document lists for the clinician, and those
 *     that belong to the clinician's taxonomy codes in Canvas
 */
record BookableClinician(
    String schedule,
    Practitioner practitioner,
    Location location,
    Licences licences,
    List<String> specialties) {

  boolean isFor(Practitioner who) {
    return practitioner.id().equals(who.id());
  }
}
