package clinic.scheduling.booking.form;

import clinic.scheduling.booking.request.HoldLimits;
import clinic.scheduling.booking.request.HoldToken;
import clinic.scheduling.booking.request.IdempotencyKey;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.booking.visit.Outcome.Rejected;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * {@code POST /holds}, {@code POST /holds/{hold}/extension} and {@code DELETE /holds/{hold}}: holds
 * a time while a patient fills in the form of the booking site
 * (docs/decisions/0056-a-hold-while-a-form-is-filled.md).
 *
 * <p>A hold lasts as long as {@code holds.formSeconds} of the practice document says, and so does
 * each extension. {@link #EXTENSIONS} extensions are possible, even if each is made at the last
 * moment (WCAG 2.2, success criterion 2.2.1). But no extension is possible after the latest time at
 * which the visit may be booked.
 */
@Singleton
public class HoldSlot {
  /** How often a hold can at least be extended. */
  public static final int EXTENSIONS = 10;

  private static final int MAX_BODY = 16_384;

  private final Practice practice;
  private final SignedTokens tokens;
  private final HoldLimits limits;
  private final Clinicians clinicians;
  private final TimeHolds times;
  private final Holds holds;
  private final NearestTimes nearest;
  private final Clock clock;

  HoldSlot(
      Practice practice,
      SignedTokens tokens,
      HoldLimits limits,
      Clinicians clinicians,
      TimeHolds times,
      Holds holds,
      NearestTimes nearest,
      Clock clock) {
    this.practice = practice;
    this.tokens = tokens;
    this.limits = limits;
    this.clinicians = clinicians;
    this.times = times;
    this.holds = holds;
    this.nearest = nearest;
    this.clock = clock;
  }

  /**
   * Answers {@code POST /holds}. A repeat with the same {@code Idempotency-Key} and slot gets the
   * same hold, as long as it is active.
   */
  public APIGatewayV2HTTPResponse hold(Request request) {
    request.allowQuery(Set.of());
    Optional<IdempotencyKey> key = IdempotencyKey.ifSent(request);
    OfferedSlot offered = OfferedSlot.read(slot(request.json(MAX_BODY)), practice, tokens);
    limits.countCall(request.address());
    Hold wanted = wanted(owner(key, offered), offered);
    Optional<Hold> held = holds.ofForm(practitioner(offered), wanted.owner(), wanted.time());
    if (held.isEmpty() && offered.isNoLongerBookable(clock.instant())) {
      return Responses.problem(new Rejected(ProblemType.SLOT_EXPIRED).problem());
    }
    return held.or(() -> take(request.address(), offered, wanted))
        .map(
            hold -> Responses.json(201, shown(hold, practitioner(offered), offered.slot().start())))
        .orElseGet(() -> taken(offered));
  }

  /** Answers {@code POST /holds/{hold}/extension}. */
  public APIGatewayV2HTTPResponse extend(Request request) {
    request.allowQuery(Set.of());
    limits.countCall(request.address());
    HoldToken token = HoldToken.read(request.pathParameter("hold"), tokens);
    Instant until = earlier(now().plus(length()), token.start());
    limits.countExtended(request.address(), token.owner(), until);
    Hold hold =
        holds
            .extend(token.practitioner(), token.owner(), token.time(), until)
            .orElseThrow(HoldSlot::ended);
    return Responses.json(200, shown(hold, token.practitioner(), token.start()));
  }

  /** Answers {@code DELETE /holds/{hold}}; a hold that has ended is released, too. */
  public APIGatewayV2HTTPResponse release(Request request) {
    request.allowQuery(Set.of());
    limits.countCall(request.address());
    HoldToken token = HoldToken.read(request.pathParameter("hold"), tokens);
    holds.release(token.practitioner(), token.owner(), token.time());
    limits.uncount(request.address(), token.owner());
    return Responses.empty(204);
  }

  private static String slot(JsonNode json) {
    List<FieldError> errors = new ArrayList<>();
    Fields body = Fields.ofForm(json, errors);
    String slot = body.text("slot", 2048);
    body.end();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return slot;
  }

  private static String owner(Optional<IdempotencyKey> key, OfferedSlot offered) {
    String start = offered.slot().start().toString();
    return key.map(it -> "form-" + Digest.of("form", it.value(), practitioner(offered), start))
        .orElseGet(() -> "form-" + UUID.randomUUID());
  }

  private static String practitioner(OfferedSlot offered) {
    return offered.slot().practitioner();
  }

  private Hold wanted(String owner, OfferedSlot offered) {
    Instant start = offered.slot().start();
    Instant latest = start.minus(offered.visit().minimumNotice());
    return Hold.ofForm(
        owner,
        offered.withBuffers(),
        earlier(now().plus(length()), start),
        earlier(now().plus(length().multipliedBy(EXTENSIONS)), latest));
  }

  /**
   * Takes the hold, if Canvas still offers the time. The hold is counted before it is taken. If the
   * process dies in between, it counts until it would have ended.
   */
  private Optional<Hold> take(String address, OfferedSlot offered, Hold wanted) {
    List<Interval> free = clinicians.freeTimes(offered);
    if (!free.contains(offered.slot().time())) {
      return Optional.empty();
    }
    limits.countTime(offered);
    limits.count(address, wanted.owner(), wanted.until());
    try {
      Optional<Hold> held =
          times.takeBefore(
              List.of(),
              practitioner(offered),
              wanted,
              others -> limits.requireFairShare(offered, free, others));
      if (held.isEmpty()) {
        limits.uncount(address, wanted.owner());
      }
      return held;
    } catch (ProblemException e) {
      limits.uncount(address, wanted.owner());
      throw e;
    }
  }

  private ObjectNode shown(Hold hold, String practitioner, Instant start) {
    Instant last = hold.lastExtension().orElse(hold.until());
    HoldToken token = new HoldToken(hold.owner(), practitioner, hold.time(), start);
    return JsonNodeFactory.instance
        .objectNode()
        .put("hold", token.signedBy(tokens, last.plus(length())))
        .put("expiresAt", hold.until().toString())
        .put("lastExtensionAt", last.toString());
  }

  private APIGatewayV2HTTPResponse taken(OfferedSlot offered) {
    return Responses.problem(
        new Rejected(ProblemType.SLOT_TAKEN).problem(),
        Map.of("nearest", nearest.nearestTo(offered, Optional.empty())));
  }

  private static ProblemException ended() {
    return Problem.of(ProblemType.HOLD_EXPIRED, "Hold the time again, or choose another one.")
        .asException();
  }

  private Duration length() {
    return Duration.ofSeconds(practice.holds().formSeconds());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
