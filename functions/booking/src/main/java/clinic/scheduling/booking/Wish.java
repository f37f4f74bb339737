package clinic.scheduling.booking;

import java.time.Instant;

/**
 * A booking that somebody asked for.
 *
 * @param bookingId our Appointment identifier, and the owner of the hold
 * @param begun when this request came in
 */
record Wish(String bookingId, BookingRequest request, OfferedSlot offered, Instant begun) {}
