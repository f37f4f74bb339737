package clinic.scheduling.booking.move;

import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.IdempotencyKey;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.booking.visit.Outcome.Rejected;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * {@code POST /appointments/{id}/reschedule}. The steps are:
 *
 * <ol>
 *   <li>read the request;
 *   <li>count it towards the visit's rate limit, if it is new;
 *   <li>let {@link MoveVisit} move the visit, once for each {@code Idempotency-Key};
 *   <li>answer.
 * </ol>
 */
@Singleton
public class RescheduleAppointment {
  private static final int MAX_BODY = 16_384;

  private final VisitAuthorization authorization;
  private final MoveRules rules;
  private final Idempotency idempotency;
  private final CallLimits limits;
  private final MoveVisit visit;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;

  RescheduleAppointment(
      VisitAuthorization authorization,
      MoveRules rules,
      Idempotency idempotency,
      CallLimits limits,
      MoveVisit visit,
      AppointmentAnswer answer,
      NearestTimes nearest) {
    this.authorization = authorization;
    this.rules = rules;
    this.idempotency = idempotency;
    this.limits = limits;
    this.visit = visit;
    this.answer = answer;
    this.nearest = nearest;
  }

  public APIGatewayV2HTTPResponse answer(Request request) {
    VisitThread thread = authorization.authorizeManage(request);
    IdempotencyKey key = IdempotencyKey.of(request);
    JsonNode body = request.json(MAX_BODY);
    Idempotency.Known known = idempotency.ofVisit(thread.rootId(), "reschedule", key, body);
    OfferedSlot slot;
    try {
      slot = rules.read(body);
    } catch (ProblemException refused) {
      return answerEarlierOutcome(known, thread, refused);
    }
    if (known.isNew()) {
      limits.countChange(known.row());
    }
    MoveVisit.Moved moved =
        known.once(
            text -> new MoveVisit.Moved(Outcome.parse(text), thread, false),
            mayHaveActed -> visit.move(known.row(), thread, slot, mayHaveActed));
    VisitThread now = moved.now();
    return moved
        .outcome()
        .fold(
            booked -> answer.current(now),
            already -> answer.current(now),
            rejected -> answerRejected(rejected, slot, now));
  }

  /**
   * Answers a request whose slot can no longer be read, for example because the practice document
   * has dropped its location. An earlier attempt may have moved the visit to that slot, so the
   * answer is the outcome of that attempt, if it has one.
   */
  private APIGatewayV2HTTPResponse answerEarlierOutcome(
      Idempotency.Known known, VisitThread thread, ProblemException refused) {
    return known
        .outcome()
        .map(Outcome::parse)
        .orElseThrow(() -> refused)
        .fold(
            booked -> answer.current(thread),
            already -> answer.current(thread),
            rejected -> Responses.problem(rejected.problem()));
  }

  private APIGatewayV2HTTPResponse answerRejected(
      Rejected rejected, OfferedSlot slot, VisitThread thread) {
    return rejected.type() == ProblemType.SLOT_TAKEN
        ? Responses.problem(
            rejected.problem(), Map.of("nearest", nearest.nearestTo(slot, rules.careState(thread))))
        : Responses.problem(rejected.problem());
  }
}
