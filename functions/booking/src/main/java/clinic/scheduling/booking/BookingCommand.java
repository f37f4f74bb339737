package clinic.scheduling.booking;

import java.util.Optional;

/**
 * A booking that somebody asked for.
 *
 * @param bookingId our Appointment identifier, and the owner of the hold
 * @param signedIn the Canvas patient key that the caller has proved to be
 */
record BookingCommand(
    String bookingId, BookingRequest request, OfferedSlot offered, Optional<String> signedIn) {

  RequestedTime promise() {
    return new RequestedTime(bookingId, offered.slot().practitioner(), offered.held());
  }
}
