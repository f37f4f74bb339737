package clinic.scheduling.booking;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.ledger.RowKey;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code POST /appointments/{id}/reschedule}. The new time is held first, then the same Canvas
 * appointment is moved in place, then the old time is free: at no moment has the patient none.
 */
@Singleton
class RescheduleAppointment {
  private static final int MAX_BODY = 16_384;

  private final VisitAuthorization visitor;
  private final MoveRules moves;
  private final MoveVisit visit;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;
  private final CareStates states;
  private final VisitRequests requests;

  RescheduleAppointment(
      VisitAuthorization visitor,
      MoveRules moves,
      MoveVisit visit,
      AppointmentAnswer answer,
      NearestTimes nearest,
      CareStates states,
      VisitRequests requests) {
    this.visitor = visitor;
    this.moves = moves;
    this.visit = visit;
    this.answer = answer;
    this.nearest = nearest;
    this.states = states;
    this.requests = requests;
  }

  APIGatewayV2HTTPResponse answer(Request request) {
    VisitThread thread = visitor.managed(request);
    String key = Idempotency.keyOf(request);
    JsonNode body = request.json(MAX_BODY);
    RowKey name = requests.name(thread.rootId(), "reschedule", key);
    OfferedSlot slot;
    try {
      slot = moves.read(body);
    } catch (ProblemException refused) {
      return former(name, body, thread, refused);
    }
    Move move = new Move(name, thread.rootId(), slot);
    AtomicReference<VisitThread> now = new AtomicReference<>(thread);
    Outcome outcome =
        Outcome.parse(
            requests.outcome(
                name,
                body,
                seenBefore -> {
                  MoveVisit.Moved moved = visit.bring(move, thread, seenBefore);
                  now.set(moved.now());
                  return moved.settled();
                }));
    return outcome instanceof Outcome.Rejected rejected
        ? refused(rejected, slot, thread)
        : Responses.json(200, answer.of(Objects.requireNonNull(now.get())));
  }

  /** Asked for when the practice still offered what the slot names: answered as it was then. */
  private APIGatewayV2HTTPResponse former(
      RowKey name, JsonNode body, VisitThread thread, ProblemException refused) {
    Outcome outcome = requests.answered(name, body).map(Outcome::parse).orElseThrow(() -> refused);
    return outcome instanceof Outcome.Rejected rejected
        ? Responses.problem(rejected.problem())
        : Responses.json(200, answer.of(thread));
  }

  private APIGatewayV2HTTPResponse refused(
      Outcome.Rejected rejected, OfferedSlot slot, VisitThread thread) {
    return rejected.type() == ProblemType.SLOT_TAKEN
        ? Responses.problem(
            rejected.problem(), Map.of("nearest", nearest.to(slot, states.of(thread))))
        : Responses.problem(rejected.problem());
  }
}
