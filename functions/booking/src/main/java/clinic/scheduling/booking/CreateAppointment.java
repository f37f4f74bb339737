package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Idempotency.Settled;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.http.Answers;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.ledger.RowKey;
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

/**
 * {@code POST /appointments}. The booking has its name before anything happens: our Appointment
 * identifier is made from the Idempotency-Key, so a repeat finds what an earlier try left.
 */
@Singleton
class CreateAppointment {
  private static final int MAX_BODY = 16_384;

  private final OfferedSlots offered;
  private final Idempotency idempotency;
  private final FormerBooking former;
  private final Booking booking;
  private final Limits limits;
  private final SignedIn signedIn;
  private final AppointmentAnswer answer;
  private final Nearest nearest;
  private final Clock clock;

  CreateAppointment(
      OfferedSlots offered,
      Idempotency idempotency,
      FormerBooking former,
      Booking booking,
      Limits limits,
      SignedIn signedIn,
      AppointmentAnswer answer,
      Nearest nearest,
      Clock clock) {
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
    Wish wish;
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

  private APIGatewayV2HTTPResponse answer(Wish wish, Outcome outcome) {
    if (outcome instanceof Outcome.Booked booked) {
      LOG.info("booked", "appointment", booked.appointment());
      return created(booked.appointment(), answer.ofNew(wish, booked.appointment()));
    }
    if (outcome instanceof Outcome.Found found) {
      return former.asItStands(found.appointment());
    }
    Outcome.Rejected rejected = (Outcome.Rejected) outcome;
    return rejected.type() == ProblemType.SLOT_TAKEN
        ? Answers.problem(
            rejected.problem(),
            Map.of(
                "nearest",
                nearest.to(wish.offered(), Optional.of(wish.request().patient().state()))))
        : Answers.problem(rejected.problem());
  }

  static APIGatewayV2HTTPResponse created(String id, ObjectNode visit) {
    return Answers.with(Answers.json(201, visit), "Location", "/appointments/" + id);
  }

  /** Who has signed in is part of what was asked. */
  private static JsonNode asked(JsonNode json, Optional<String> signedIn) {
    return signedIn
        .<JsonNode>map(key -> ((ObjectNode) json.deepCopy()).put("(signed in)", key))
        .orElse(json);
  }

  private Wish wish(String bookingId, BookingRequest body, Optional<String> patient) {
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
    return new Wish(bookingId, body, slot, patient);
  }
}
