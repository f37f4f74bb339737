package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Answers;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.ledger.RowKey;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code POST /appointments/{id}/reschedule}. The new time is held first, then the same Canvas
 * appointment is moved in place, then the old time is free: at no moment has the patient none.
 */
@Singleton
class RescheduleAppointment {
  private static final int MAX_BODY = 4_096;
  private static final int TRIES = 3;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Visitor visitor;
  private final Canvas canvas;
  private final Moves moves;
  private final Changes changes;
  private final Standing standing;
  private final Holds holds;
  private final AppointmentForm form;
  private final AppointmentAnswer answer;
  private final Idempotency idempotency;

  RescheduleAppointment(
      Visitor visitor,
      Canvas canvas,
      Moves moves,
      Changes changes,
      Standing standing,
      Holds holds,
      AppointmentForm form,
      AppointmentAnswer answer,
      Idempotency idempotency) {
    this.visitor = visitor;
    this.canvas = canvas;
    this.moves = moves;
    this.changes = changes;
    this.standing = standing;
    this.holds = holds;
    this.form = form;
    this.answer = answer;
    this.idempotency = idempotency;
  }

  APIGatewayV2HTTPResponse answer(Request request) {
    VisitThread thread = visitor.managed(request);
    String key = Idempotency.keyOf(request);
    JsonNode body = request.json(MAX_BODY);
    OfferedSlot move = moves.read(body);
    RowKey name = RowKey.ofVisit(thread.rootId(), "reschedule#" + Digest.of("key", key));
    Outcome outcome =
        Outcome.parse(idempotency.outcome(name, body, seen -> bring(thread, move).text()));
    return outcome instanceof Outcome.Rejected rejected
        ? Answers.problem(rejected.problem())
        : Answers.json(200, answer.of(visitor.managed(request)));
  }

  private Outcome bring(VisitThread first, OfferedSlot move) {
    VisitThread thread = first;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (stands(thread, move)) {
        return finish(first, thread, move);
      }
      changes.refuseUnlessOpen(thread);
      Optional<ProblemType> objection = moves.objection(thread, move);
      if (objection.isPresent()) {
        return new Outcome.Rejected(objection.get());
      }
      if (!hold(thread, move)) {
        return new Outcome.Rejected(ProblemType.SLOT_TAKEN);
      }
      WriteOutcome outcome = write(thread, move);
      if (outcome instanceof WriteOutcome.TimeTaken) {
        release(thread, move);
        return new Outcome.Rejected(ProblemType.SLOT_TAKEN);
      }
      if (outcome instanceof WriteOutcome.Refused) {
        release(thread, move);
        throw changes.callTheClinic(outcome);
      }
      thread = again(first);
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  private Outcome finish(VisitThread before, VisitThread now, OfferedSlot move) {
    boolean overlapped =
        standing.isOverlapped(move.slot().practitioner(), move.slot().time(), now.current());
    if (overlapped) {
      goBack(before, now);
      release(now, move);
      return new Outcome.Rejected(ProblemType.SLOT_TAKEN);
    }
    if (!AppointmentAnswer.timeOf(before).equals(move.slot().time())) {
      changes.release(before, AppointmentAnswer.timeOf(before));
    }
    holds.hold(move.slot().practitioner(), changes.owner(now), move.held(), KEPT);
    changes.announce(now, "moved");
    LOG.info("moved", "appointment", now.currentId());
    return new Outcome.Booked(now.currentId());
  }

  /** Somebody else has the new time: the visit returns to where it was. */
  private void goBack(VisitThread before, VisitThread now) {
    Interval time = AppointmentAnswer.timeOf(before);
    String practitioner = before.current().practitioner().orElse("");
    String location = before.current().location().orElse("");
    WriteOutcome outcome =
        canvas.update(
            now.currentId(),
            form.moved(now.current(), time, practitioner, location),
            now.seen().at());
    if (!(outcome instanceof WriteOutcome.Written)) {
      throw new UnavailableException("canvas", Duration.ofSeconds(3));
    }
  }

  private WriteOutcome write(VisitThread thread, OfferedSlot move) {
    return canvas.update(
        thread.currentId(),
        form.moved(
            thread.current(),
            move.slot().time(),
            move.slot().practitioner(),
            move.place().canvasId()),
        thread.seen().at());
  }

  private static boolean stands(VisitThread thread, OfferedSlot move) {
    return AppointmentAnswer.timeOf(thread).equals(move.slot().time())
        && thread.current().practitioner().equals(Optional.of(move.slot().practitioner()));
  }

  private VisitThread again(VisitThread first) {
    return VisitThread.of(first.rootId(), canvas)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(3)));
  }

  private boolean hold(VisitThread thread, OfferedSlot move) {
    return holds.hold(move.slot().practitioner(), changes.owner(thread), move.held(), KEPT);
  }

  private void release(VisitThread thread, OfferedSlot move) {
    holds.release(move.slot().practitioner(), changes.owner(thread), move.held());
  }
}
