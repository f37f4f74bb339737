package clinic.scheduling.booking;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.http.Answers;
import clinic.scheduling.core.http.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
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

  private final Visitor visitor;
  private final Moves moves;
  private final MoveVisit visit;
  private final AppointmentAnswer answer;
  private final Nearest nearest;
  private final CareStates states;
  private final VisitRequests requests;

  RescheduleAppointment(
      Visitor visitor,
      Moves moves,
      MoveVisit visit,
      AppointmentAnswer answer,
      Nearest nearest,
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
        : Answers.json(200, answer.of(Objects.requireNonNull(now.get())));
  }

  /** Asked for when the practice still offered what the slot names: answered as it was then. */
  private APIGatewayV2HTTPResponse former(
      RowKey name, JsonNode body, VisitThread thread, ProblemException refused) {
    Outcome outcome = requests.answered(name, body).map(Outcome::parse).orElseThrow(() -> refused);
    return outcome instanceof Outcome.Rejected rejected
        ? Answers.problem(rejected.problem())
        : Answers.json(200, answer.of(thread));
  }

  private APIGatewayV2HTTPResponse refused(
      Outcome.Rejected rejected, OfferedSlot slot, VisitThread thread) {
    return rejected.type() == ProblemType.SLOT_TAKEN
        ? Answers.problem(
            rejected.problem(), Map.of("nearest", nearest.to(slot, states.of(thread))))
        : Answers.problem(rejected.problem());
  }
}
