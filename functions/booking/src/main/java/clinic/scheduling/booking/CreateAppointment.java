package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Idempotency.Settled;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /appointments}. The booking has its name before anything happens: our Appointment
 * identifier is made from the Idempotency-Key, so a repeat finds what an earlier try left.
 */
@Singleton
class CreateAppointment {
  private static final int MAX_BODY = 16_384;

  private final Messages messages;
  private final OfferedSlots offered;
  private final Idempotency idempotency;
  private final ReplayBooking former;
  private final Booking booking;
  private final Limits limits;
  private final SignedIn signedIn;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;
  private final Clock clock;

  CreateAppointment(
      Practice practice,
      OfferedSlots offered,
      Idempotency idempotency,
      ReplayBooking former,
      Booking booking,
      Limits limits,
      SignedIn signedIn,
      AppointmentAnswer answer,
      NearestTimes nearest,
      Clock clock) {
    this.messages = practice.messages();
    this.offered = offered;
    this.idempotency = idempotency;
    this.former = former;
    this.booking = booking;
    this.limits = limits;
    this.signedIn = signedIn;
    this.answer = answer;
    this.nearest = nearest;
    this.clock = clock;
  }

  APIGatewayV2HTTPResponse answer(Request request) {
    String bookingId = "bk-" + Digest.of("booking", Idempotency.keyOf(request));
    LOG.put("correlation", bookingId);
    request.allowQuery(Set.of());
    JsonNode json = request.json(MAX_BODY);
    BookingRequest body =
        BookingRequest.of(json, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    Optional<String> patient = signedIn.patientOf(request);
    limits.ofAddress(request.address());
    RowKey name = RowKey.ofBooking(bookingId, "request");
    JsonNode asked = asked(json, patient);
    BookingCommand wish;
    try {
      wish = wish(bookingId, body, patient);
    } catch (ProblemException refused) {
      return former.answer(name, asked, bookingId).orElseThrow(() -> refused);
    }
    String outcome =
        idempotency.outcome(
            name,
            asked,
            () -> {},
            seenBefore -> Settled.kept(booking.bring(wish, seenBefore).text()));
    return answer(wish, Outcome.parse(outcome));
  }

  private APIGatewayV2HTTPResponse answer(BookingCommand wish, Outcome outcome) {
    if (outcome instanceof Outcome.Booked booked) {
      LOG.info("booked", "appointment", booked.appointment());
      return created(booked.appointment(), answer.ofNew(wish, booked.appointment()));
    }
    if (outcome instanceof Outcome.AlreadyBooked found) {
      return former.asItStands(found.appointment());
    }
    Outcome.Rejected rejected = (Outcome.Rejected) outcome;
    return rejected.type() == ProblemType.SLOT_TAKEN
        ? Responses.problem(
            rejected.problem(),
            Map.of(
                "nearest",
                nearest.to(wish.offered(), Optional.of(wish.request().patient().state()))))
        : Responses.problem(rejected.problem());
  }

  static APIGatewayV2HTTPResponse created(String id, ObjectNode visit) {
    return Responses.with(Responses.json(201, visit), "Location", "/appointments/" + id);
  }

  /** Who has signed in is part of what was asked. */
  private static JsonNode asked(JsonNode json, Optional<String> signedIn) {
    return signedIn
        .<JsonNode>map(key -> ((ObjectNode) json.deepCopy()).put("(signed in)", key))
        .orElse(json);
  }

  private BookingCommand wish(String bookingId, BookingRequest body, Optional<String> patient) {
    OfferedSlot slot = offered.read(body.slot());
    if (body.reasonCode().filter(code -> slot.visit().reason(code).isEmpty()).isPresent()) {
      throw Problem.invalid("reason.code", "must be a reason of this visit type; see /catalog")
          .asException();
    }
    if (body.reasonCode()
        .flatMap(slot.visit()::reason)
        .filter(reason -> !reason.fits(slot.slot().minutes()))
        .isPresent()) {
      throw Problem.invalid("slot", "must be as long as the reason needs; see /catalog")
          .asException();
    }
    if (patient.isEmpty()) {
      requireWayToWrite(body.patient());
    }
    return new BookingCommand(bookingId, body, slot, patient);
  }

  /** Whoever agrees to texts alone would hear nothing on a number that is not texted. */
  private void requireWayToWrite(BookingRequest.Person person) {
    boolean textsAlone = person.consent().sms() && !person.consent().email();
    Optional<PhoneNumber> number =
        person.phone().flatMap(phone -> PhoneNumber.exactly(phone.value()));
    if (textsAlone && number.filter(it -> !messages.areTextedTo(it)).isPresent()) {
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
