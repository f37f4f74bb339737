package clinic.scheduling.booking.request;

import clinic.scheduling.core.verification.ContactPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A valid request to book, with everything that an attempt needs.
 *
 * @param bookingId our identifier of the appointment, which is also the owner of the hold on its
 *     time
 * @param request the body of the request
 * @param offered the slot that the request names
 * @param signedIn the Canvas patient key of the caller, if they have signed in
 * @param holders the owners of other holds that the caller has on the time: the form of the booking
 *     site, and the verification of the contact point
 * @param proven the contact point that the caller has proved to be theirs, if they had to
 */
public record BookingCommand(
    String bookingId,
    BookingRequest request,
    OfferedSlot offered,
    Optional<String> signedIn,
    List<String> holders,
    Optional<ContactPoint> proven) {

  public BookingCommand {
    holders = List.copyOf(holders);
  }

  /**
   * The same booking after its caller has proved a contact point.
   *
   * @param holder the owner of the hold of the verification
   */
  public BookingCommand afterProof(ContactPoint contact, String holder) {
    List<String> more = new ArrayList<>(holders);
    more.add(holder);
    return new BookingCommand(bookingId, request, offered, signedIn, more, Optional.of(contact));
  }
}
