package clinic.scheduling.booking;

import clinic.scheduling.core.Interval;

/**
 * A time that a booking wants to keep.
 *
 * @param bookingId our Appointment identifier, and the owner of the hold
 * @param practitioner the Canvas staff key
 * @param time the visit with its buffers
 */
record RequestedTime(String bookingId, String practitioner, Interval time) {}
