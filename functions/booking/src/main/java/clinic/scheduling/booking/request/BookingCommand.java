package clinic.scheduling.booking.request;

import java.util.Optional;

/**
 * A valid request to book, with everything that an attempt needs.
 *
 * @param bookingId our identifier of the appointment, which is also the owner of the hold on its
 *     time
 * @param request the body of the request
 * @param offered the slot that the request names
 * @param signedIn the Canvas patient key of the caller, if they have signed in
 * @param form the owner of the hold that the form of this booking took on the time, if it took one
 */
public record BookingCommand(
    String bookingId,
    BookingRequest request,
    OfferedSlot offered,
    Optional<String> signedIn,
    Optional<String> form) {}
