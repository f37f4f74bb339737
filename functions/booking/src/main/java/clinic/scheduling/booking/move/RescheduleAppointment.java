package clinic.scheduling.booking.move;

import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.IdempotencyKey;
import clinic.scheduling.booking.request.Limits;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.booking.visit.Outcome.Rejected;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.ledger.RowKey;
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
 *   <li>claim it under its {@code Idempotency-Key};
 *   <li>let {@link MoveVisit} move the visit;
 *   <li>settle the claim and answer.
 * </ol>
 */
@Singleton
public class RescheduleAppointment {
  private static final int MAX_BODY = 16_384;

  private final VisitAuthorization authorization;
  private final MoveRules rules;
  private final Idempotency idempotency;
  private final Limits limits;
  private final MoveVisit visit;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;

  RescheduleAppointment(
      VisitAuthorization authorization,
      MoveRules rules,
      Idempotency idempotency,
      Limits limits,
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
    Idempotency.Attempt attempt = known.begin();
    if (attempt.earlierOutcome().isPresent()) {
      return answer(Outcome.parse(attempt.earlierOutcome().get()), slot, thread);
    }
    MoveVisit.Moved moved = move(attempt, known.row(), slot, thread);
    return answer(moved.outcome(), slot, moved.now());
  }

  private MoveVisit.Moved move(
      Idempotency.Attempt attempt, RowKey row, OfferedSlot slot, VisitThread thread) {
    try {
      MoveVisit.Moved moved = visit.move(row, thread, slot, attempt.mayHaveActed());
      if (moved.changed()) {
        attempt.settle(moved.outcome().text());
      } else {
        attempt.settleUnchanged(moved.outcome().text());
      }
      return moved;
    } catch (ProblemException e) {
      throw attempt.settleRefused(e);
    } catch (UnavailableException e) {
      throw attempt.settleInterrupted(e);
    }
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
            booked -> answered(thread),
            already -> answered(thread),
            rejected -> Responses.problem(rejected.problem()));
  }

  private APIGatewayV2HTTPResponse answer(Outcome outcome, OfferedSlot slot, VisitThread now) {
    return outcome.fold(
        booked -> answered(now),
        already -> answered(now),
        rejected -> answerRejected(rejected, slot, now));
  }

  private APIGatewayV2HTTPResponse answered(VisitThread now) {
    return Responses.json(200, answer.of(now));
  }

  private APIGatewayV2HTTPResponse answerRejected(
      Rejected rejected, OfferedSlot slot, VisitThread thread) {
    return rejected.type() == ProblemType.SLOT_TAKEN
        ? Responses.problem(
            rejected.problem(), Map.of("nearest", nearest.nearestTo(slot, rules.careState(thread))))
        : Responses.problem(rejected.problem());
  }
}
