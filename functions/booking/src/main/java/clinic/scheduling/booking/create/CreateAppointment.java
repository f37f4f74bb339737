package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.IdempotencyKey;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.practice.Practice;
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
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /appointments}. The steps are:
 *
 * <ol>
 *   <li>read the request;
 *   <li>count it towards the rate limit of the caller's network address;
 *   <li>if the practice wants proof of the contact point, let {@link StartVerification} send a
 *       code; otherwise let {@link BookVisit} book the visit, once for each {@code
 *       Idempotency-Key};
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
  private final CallLimits limits;
  private final Idempotency idempotency;
  private final ReadBooking read;
  private final StartVerification verification;
  private final RunBooking run;
  private final Clock clock;
  private final String patientClaim;

  CreateAppointment(
      Practice practice,
      CallLimits limits,
      Idempotency idempotency,
      ReadBooking read,
      StartVerification verification,
      RunBooking run,
      Clock clock,
      Claims claims) {
    this.practice = practice;
    this.limits = limits;
    this.idempotency = idempotency;
    this.read = read;
    this.verification = verification;
    this.run = run;
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
    Optional<BookingCommand> command = read.read(bookingId, body, signedIn, fingerprinted);
    Idempotency.Known known = idempotency.ofBooking(bookingId, fingerprinted);
    boolean needsProof = practice.identity().verifyContact() && signedIn.isEmpty();
    boolean mayHaveBooked = !known.isNew() && !known.isRefused();
    if (command.isEmpty() || (needsProof && mayHaveBooked)) {
      return run.settleEarlier(bookingId, known);
    }
    return needsProof
        ? verification.answer(command.get(), json, request.address())
        : run.answer(command.get(), run.book(command.get(), known));
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
}
