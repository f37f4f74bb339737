package clinic.scheduling.booking.visit;

import clinic.scheduling.core.Interval;

/**
 * A time that a booking or a move needs, and for which it takes a hold.
 *
 * @param owner the owner of the hold: our identifier of the appointment, or the id of the first
 *     appointment if the visit was not booked through us
 * @param practitioner the Canvas staff key
 * @param time the time of the visit with its buffers
 */
public record RequestedTime(String owner, String practitioner, Interval time) {}
