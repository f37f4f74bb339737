package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.VerificationLimits;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.booking.visit.RequestedTime;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.VerificationMessage;
import clinic.scheduling.core.verification.Verification;
import clinic.scheduling.core.verification.Verifications;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code POST /verifications/{id}}, {@code POST /verifications/{id}/codes} and {@code DELETE
 * /verifications/{id}}: proves that a contact point belongs to the caller, and then books the visit
 * (docs/decisions/0059-a-contact-point-is-proved.md).
 *
 * <p>A try is counted before its code is compared. After the proof, the visit is booked as any
 * other; our identifier of it is derived from the id of the verification. So a repeat of the right
 * code finds what an earlier attempt has done, and gets the same answer.
 */
@Singleton
public class VerifyContact {
  private static final Log LOG = Log.of(VerifyContact.class);
  private static final int MAX_BODY = 1_024;
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");

  private final Verifications verifications;
  private final VerificationLimits limits;
  private final Idempotency idempotency;
  private final ReadBooking read;
  private final RunBooking run;
  private final TimeHolds holds;
  private final Queue<VerificationMessage> messages;
  private final VerificationAnswer answer;
  private final Clock clock;

  VerifyContact(
      Verifications verifications,
      VerificationLimits limits,
      Idempotency idempotency,
      ReadBooking read,
      RunBooking run,
      TimeHolds holds,
      Queue<VerificationMessage> messages,
      VerificationAnswer answer,
      Clock clock) {
    this.verifications = verifications;
    this.limits = limits;
    this.idempotency = idempotency;
    this.read = read;
    this.run = run;
    this.holds = holds;
    this.messages = messages;
    this.answer = answer;
    this.clock = clock;
  }

  /** Answers {@code POST /verifications/{id}}. */
  public APIGatewayV2HTTPResponse prove(Request request) {
    String id = begin(request);
    String code = code(request.json(MAX_BODY));
    Verification tried = verifications.countTry(id).orElseThrow(this::ended);
    if (!verifications.isRight(tried, code)) {
      return wrong(tried);
    }
    return book(verifications.prove(id).orElseThrow(this::ended));
  }

  /** Answers {@code POST /verifications/{id}/codes}. */
  public APIGatewayV2HTTPResponse sendAnotherCode(Request request) {
    String id = begin(request);
    Verification seen =
        verifications.find(id).filter(one -> one.triesLeft() > 0).orElseThrow(this::ended);
    requireTurn(seen);
    limits.countCode(seen.contact());
    Verification next = verifications.nextCode(seen).orElseThrow(() -> tooSoon(seen));
    messages.send(VerificationMessage.of(id, next.code()));
    LOG.info("code-requested", "number", next.code());
    return answer.begun(Optional.of(next));
  }

  /**
   * Answers {@code DELETE /verifications/{id}}. A visit that is booked stays booked; the answer is
   * the same.
   */
  public APIGatewayV2HTTPResponse cancel(Request request) {
    String id = begin(request);
    Optional<Verification> waiting = verifications.find(id).filter(Verification::isWaiting);
    waiting.ifPresent(
        one -> {
          verifications.cancel(id);
          release(one);
        });
    return Responses.empty(204);
  }

  private String begin(Request request) {
    request.allowQuery(Set.of());
    limits.countCall(request.address());
    String id = request.pathParameter("id");
    LOG.put("correlation", Verification.bookingId(id));
    return id;
  }

  private static String code(JsonNode json) {
    List<FieldError> errors = new ArrayList<>();
    Fields body = Fields.ofForm(json, errors);
    String code = body.text("code", 6, CODE.asMatchPredicate(), "must be the six digits");
    body.end();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return code;
  }

  /** After the last wrong code, the time is free for others. */
  private APIGatewayV2HTTPResponse wrong(Verification tried) {
    LOG.info("wrong-code", "left", tried.triesLeft());
    if (tried.triesLeft() == 0 && tried.isWaiting()) {
      release(tried);
    }
    return answer.wrongCode(tried.triesLeft());
  }

  private APIGatewayV2HTTPResponse book(Verification proven) {
    JsonNode json = Request.parse(proven.request().value());
    Optional<BookingCommand> command = command(proven, json);
    Idempotency.Known known = idempotency.ofBooking(proven.bookingId(), json);
    if (command.isEmpty()) {
      return run.settleEarlier(proven.bookingId(), known);
    }
    Outcome outcome = run.book(command.get(), known);
    if (outcome.isRejected()) {
      release(proven);
    } else {
      verifications.booked(proven.id());
    }
    return run.answer(command.get(), outcome);
  }

  private Optional<BookingCommand> command(Verification verification, JsonNode json) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return read.read(
            verification.bookingId(), BookingRequest.of(json, today), Optional.empty(), json)
        .map(command -> command.afterProof(verification.contact(), verification.holder()));
  }

  /** Ends the hold of the verification. That of a form stays. */
  private void release(Verification verification) {
    try {
      command(verification, Request.parse(verification.request().value()))
          .ifPresent(
              command ->
                  holds.release(
                      new RequestedTime(
                          verification.holder(),
                          command.offered().slot().practitioner(),
                          command.offered().withBuffers())));
    } catch (ProblemException e) {
      // The practice document no longer has this visit type or place. The hold ends by itself.
      LOG.info("hold-not-released");
    }
  }

  /**
   * @throws ProblemException 429 if all codes were sent, or the last one was sent just now
   */
  private void requireTurn(Verification seen) {
    if (seen.code() >= Verifications.CODES) {
      throw tooMany(seen.end());
    }
    Instant next = seen.codeAt().plus(Verifications.BETWEEN_CODES);
    if (clock.instant().isBefore(next)) {
      throw tooMany(next);
    }
  }

  private ProblemException tooSoon(Verification seen) {
    return verifications.find(seen.id()).isEmpty()
        ? ended()
        : tooMany(clock.instant().plus(Verifications.BETWEEN_CODES));
  }

  private ProblemException tooMany(Instant until) {
    return Problem.of(ProblemType.TOO_MANY_REQUESTS, "Wait for the message, or call the clinic.")
        .retryAfter(Duration.between(clock.instant(), until).plusSeconds(1))
        .asException();
  }

  private ProblemException ended() {
    return answer.ended().asException();
  }
}
