package clinic.scheduling.slots;

import clinic.scheduling.canvas.Licences;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practitioner;

/**
 * A clinician at a place, as practice and Canvas together describe them.
 *
 * @param schedule the Canvas Schedule id
 */
record Bookable(String schedule, Practitioner practitioner, Location location, Licences licences) {}
