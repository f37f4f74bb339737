package clinic.scheduling.booking;

/**
 * A booking that somebody asked for.
 *
 * @param bookingId our Appointment identifier, and the owner of the hold
 */
record Wish(String bookingId, BookingRequest request, OfferedSlot offered) {}
