package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.HoldToken;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Reason;
import clinic.scheduling.core.token.SignedTokens;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks a request to book against the practice document. */
@Singleton
class ReadBooking {
  private final Practice practice;
  private final SignedTokens tokens;
  private final Idempotency idempotency;

  ReadBooking(Practice practice, SignedTokens tokens, Idempotency idempotency) {
    this.practice = practice;
    this.tokens = tokens;
    this.idempotency = idempotency;
  }

  /**
   * The booking that the request asks for. Empty if this is a repeat that is no longer valid, for
   * example because its slot or its reason is no longer in the practice document.
   *
   * @param fingerprinted the body whose fingerprint is kept with the request
   * @throws ProblemException if the request is not valid and was never attempted
   */
  Optional<BookingCommand> read(
      String bookingId, BookingRequest body, Optional<String> signedIn, JsonNode fingerprinted) {
    try {
      return Optional.of(command(bookingId, body, signedIn));
    } catch (ProblemException refused) {
      if (idempotency.ofBooking(bookingId, fingerprinted).isNew()) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  private BookingCommand command(String bookingId, BookingRequest body, Optional<String> signedIn) {
    OfferedSlot offered = OfferedSlot.read(body.slot(), practice, tokens);
    Optional<Reason> reason = body.reasonCode().flatMap(offered.visit()::reason);
    if (body.reasonCode().isPresent() && reason.isEmpty()) {
      throw Problem.invalid("reason.code", "must be a reason of this visit type; see /catalog")
          .asException();
    }
    if (reason.filter(one -> !one.fits(offered.slot().minutes())).isPresent()) {
      throw Problem.invalid("slot", "must be as long as the reason needs; see /catalog")
          .asException();
    }
    if (signedIn.isEmpty()) {
      refuseUnreachable(body.patient());
    }
    return new BookingCommand(
        bookingId, body, offered, signedIn, form(body, offered), Optional.empty());
  }

  /** The owner of the hold that the form has taken on the slot, if it has taken one. */
  private List<String> form(BookingRequest body, OfferedSlot offered) {
    Optional<HoldToken> hold = body.hold().map(text -> HoldToken.read(text, tokens));
    hold.ifPresent(one -> one.requireTimeOf(offered));
    return hold.map(HoldToken::owner).stream().toList();
  }

  /**
   * Refuses a patient who agrees to text messages only, but gives a number to which we send none.
   */
  private void refuseUnreachable(BookingRequest.Person person) {
    Messages messages = practice.messages();
    boolean textsOnly = person.consent().sms() && !person.consent().email();
    Optional<PhoneNumber> number =
        person.phone().flatMap(phone -> PhoneNumber.exactly(phone.value()));
    if (textsOnly && number.filter(it -> !messages.canBeTexted(it)).isPresent()) {
      throw Problem.invalid(
              "patient.phone",
              "must be a number with country code "
                  + messages.smsCountryCodes().stream()
                      .map(code -> "+" + code)
                      .collect(Collectors.joining(" or "))
                  + " if the patient agrees to text messages alone")
          .asException();
    }
  }
}
