package clinic.scheduling.booking;

import java.time.Instant;
import java.util.Optional;

/**
 * A booking that somebody asked for.
 *
 * @param bookingId our Appointment identifier, and the owner of the hold
 * @param begun when this request came in
 * @param signedIn the Canvas patient key that the caller has proved to be
 */
record Wish(
    String bookingId,
    BookingRequest request,
    OfferedSlot offered,
    Instant begun,
    Optional<String> signedIn) {}
