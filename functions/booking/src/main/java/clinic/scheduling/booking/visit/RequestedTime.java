package clinic.scheduling.booking.visit;

import clinic.scheduling.core.Interval;

/**
 * A time that a booking or a move wants to have for itself.
 *
 * @param owner of the hold: our Appointment identifier, or of a visit that was not booked through
 *     us the id of its first appointment
 * @param practitioner the Canvas staff key
 * @param time the visit with its buffers
 */
public record RequestedTime(String owner, String practitioner, Interval time) {}
