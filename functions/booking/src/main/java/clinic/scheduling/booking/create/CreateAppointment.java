package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.HoldToken;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.IdempotencyKey;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.booking.visit.Outcome.Rejected;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Reason;
import clinic.scheduling.core.token.SignedTokens;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /appointments}. The steps are:
 *
 * <ol>
 *   <li>read the request;
 *   <li>count it towards the rate limit of the caller's network address;
 *   <li>let {@link BookVisit} book the visit, once for each {@code Idempotency-Key};
 *   <li>answer.
 * </ol>
 *
 * <p>The identifier of the booking is derived from the {@code Idempotency-Key}. So a repeat has the
 * same identifier, and uses it to find what an earlier attempt has created.
 */
@Singleton
public class CreateAppointment {
  private static final Log LOG = Log.of(CreateAppointment.class);
  private static final int MAX_BODY = 16_384;

  /** Settings for the tokens of patients who have signed in at the booking site. */
  @ConfigMapping(prefix = "")
  public interface Claims {
    /** The name of the claim that contains the Canvas patient key. */
    @WithName("PATIENT_CLAIM")
    @WithDefault("canvas_patient")
    String patient();
  }

  private final Practice practice;
  private final SignedTokens tokens;
  private final CallLimits limits;
  private final Idempotency idempotency;
  private final BookVisit visit;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;
  private final Clock clock;

  private final String patientClaim;

  CreateAppointment(
      Practice practice,
      SignedTokens tokens,
      CallLimits limits,
      Idempotency idempotency,
      BookVisit visit,
      AppointmentAnswer answer,
      NearestTimes nearest,
      Clock clock,
      Claims claims) {
    this.practice = practice;
    this.tokens = tokens;
    this.limits = limits;
    this.idempotency = idempotency;
    this.visit = visit;
    this.answer = answer;
    this.nearest = nearest;
    this.clock = clock;
    this.patientClaim = claims.patient();
  }

  public APIGatewayV2HTTPResponse answer(Request request) {
    String bookingId = IdempotencyKey.of(request).bookingId();
    LOG.put("correlation", bookingId);
    request.allowQuery(Set.of());
    JsonNode json = request.json(MAX_BODY);
    BookingRequest body =
        BookingRequest.of(json, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    Optional<String> signedIn = signedIn(request);
    limits.countBooking(request.address());
    JsonNode fingerprinted = fingerprinted(json, signedIn);
    Optional<BookingCommand> command = command(bookingId, body, signedIn, fingerprinted);
    Idempotency.Known known = idempotency.ofBooking(bookingId, fingerprinted);
    return command.isPresent() ? book(command.get(), known) : settleEarlier(bookingId, known);
  }

  private APIGatewayV2HTTPResponse book(BookingCommand command, Idempotency.Known known) {
    Outcome outcome = known.once(Outcome::parse, mayHaveActed -> visit.book(command, mayHaveActed));
    return outcome.fold(
        booked -> {
          LOG.info("booked", "appointment", booked.appointment());
          return answer.created(command, booked.appointment());
        },
        already -> answerCurrent(already.appointment()),
        rejected -> answerRejected(command, rejected));
  }

  /** Answers a repeat that is no longer valid. It books nothing new. */
  private APIGatewayV2HTTPResponse settleEarlier(String bookingId, Idempotency.Known known) {
    Outcome outcome = known.once(Outcome::parse, mayHaveActed -> visit.settleEarlier(bookingId));
    return outcome.fold(
        booked -> answerCurrent(booked.appointment()),
        already -> answerCurrent(already.appointment()),
        rejected -> Responses.problem(rejected.problem()));
  }

  private APIGatewayV2HTTPResponse answerCurrent(String id) {
    return answer.created(visit.read(id), id);
  }

  private APIGatewayV2HTTPResponse answerRejected(BookingCommand command, Rejected rejected) {
    if (rejected.type() != ProblemType.SLOT_TAKEN) {
      return Responses.problem(rejected.problem());
    }
    Optional<String> state = Optional.of(command.request().patient().state());
    return Responses.problem(
        rejected.problem(), Map.of("nearest", nearest.nearestTo(command.offered(), state)));
  }

  /**
   * The Canvas patient key of a caller who has signed in at the booking site. API Gateway's JWT
   * authorizer has verified the token. On a route without that authorizer there are no claims, and
   * the result is empty.
   *
   * @throws ProblemException if a verified token names no patient
   */
  private Optional<String> signedIn(Request request) {
    Optional<String> key =
        request.verifiedClaims().map(claims -> claims.getOrDefault(patientClaim, ""));
    if (key.isPresent() && !key.get().matches("[A-Za-z0-9-]{1,64}")) {
      throw Problem.of(
              ProblemType.UNAUTHORIZED,
              "Send a token whose claim " + patientClaim + " names the patient.")
          .asException();
    }
    return key;
  }

  /**
   * The body of the request, with the key of the signed-in patient added. So a request with the
   * same body from another patient does not count as a repeat.
   */
  private static JsonNode fingerprinted(JsonNode json, Optional<String> signedIn) {
    return signedIn
        .<JsonNode>map(key -> ((ObjectNode) json.deepCopy()).put("(signed in)", key))
        .orElse(json);
  }

  /**
   * The booking that the request asks for. Empty if this is a repeat that is no longer valid, for
   * example because its slot or its reason is no longer in the practice document.
   */
  private Optional<BookingCommand> command(
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
    return new BookingCommand(bookingId, body, offered, signedIn, form(body, offered));
  }

  /** The owner of the hold that the form has taken on the slot, if it has taken one. */
  private Optional<String> form(BookingRequest body, OfferedSlot offered) {
    Optional<HoldToken> hold = body.hold().map(text -> HoldToken.read(text, tokens));
    hold.ifPresent(one -> one.requireTimeOf(offered));
    return hold.map(HoldToken::owner);
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
