package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Origins.Origin;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Answers;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.ledger.RowKey;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code POST /appointments/{id}/reschedule}. The new time is held first, then the same Canvas
 * appointment is moved in place, then the old time is free: at no moment has the patient none.
 */
@Singleton
class RescheduleAppointment {
  private static final int MAX_BODY = 16_384;
  private static final int TRIES = 3;
  private static final Duration KEPT = Duration.ofMinutes(16);
  private static final Duration UPDATE_WITHIN = Duration.ofSeconds(12);

  private final Visitor visitor;
  private final Canvas canvas;
  private final Moves moves;
  private final Changes changes;
  private final Origins origins;
  private final Standing standing;
  private final Holds holds;
  private final AppointmentForm form;
  private final AppointmentAnswer answer;
  private final Nearest nearest;
  private final CareStates states;
  private final Idempotency idempotency;
  private final Clock clock;

  RescheduleAppointment(
      Visitor visitor,
      Canvas canvas,
      Moves moves,
      Changes changes,
      Origins origins,
      Standing standing,
      Holds holds,
      AppointmentForm form,
      AppointmentAnswer answer,
      Nearest nearest,
      CareStates states,
      Idempotency idempotency,
      Clock clock) {
    this.visitor = visitor;
    this.canvas = canvas;
    this.moves = moves;
    this.changes = changes;
    this.origins = origins;
    this.standing = standing;
    this.holds = holds;
    this.form = form;
    this.answer = answer;
    this.nearest = nearest;
    this.states = states;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  APIGatewayV2HTTPResponse answer(Request request) {
    VisitThread thread = visitor.managed(request);
    String key = Idempotency.keyOf(request);
    JsonNode body = request.json(MAX_BODY);
    OfferedSlot slot = moves.read(body);
    RowKey name = RowKey.ofVisit(thread.rootId(), "reschedule#" + Digest.of("key", key));
    AtomicReference<VisitThread> result = new AtomicReference<>(thread);
    Outcome outcome =
        Outcome.parse(
            idempotency.outcome(
                name, body, seenBefore -> settle(name, thread, slot, seenBefore, result).text()));
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.type() == ProblemType.SLOT_TAKEN
          ? Answers.problem(
              rejected.problem(), Map.of("nearest", nearest.to(slot, states.of(thread))))
          : Answers.problem(rejected.problem());
    }
    return Answers.json(200, answer.of(Objects.requireNonNull(result.get())));
  }

  /** What an earlier try may have held is given back if the move is refused. */
  private Outcome settle(
      RowKey name,
      VisitThread first,
      OfferedSlot slot,
      boolean seenBefore,
      AtomicReference<VisitThread> result) {
    try {
      Outcome outcome = bring(name, first, slot, result);
      if (seenBefore && outcome instanceof Outcome.Rejected) {
        giveBack(name, first, slot);
      }
      return outcome;
    } catch (ProblemException e) {
      giveBack(name, first, slot);
      throw e;
    }
  }

  private void giveBack(RowKey name, VisitThread now, OfferedSlot slot) {
    release(now, slot);
    freeEarlier(name, now, slot);
  }

  private Outcome bring(
      RowKey name, VisitThread first, OfferedSlot slot, AtomicReference<VisitThread> result) {
    // What seems to be done already is looked at twice: a read may lag behind.
    VisitThread thread = stands(first, slot) ? again(first) : first;
    boolean mayHaveMoved = false;
    Deadline deadline = Deadline.in(UPDATE_WITHIN, clock);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (stands(thread, slot)) {
        return finish(origins.find(name), thread, slot, result);
      }
      changes.refuseUnlessOpen(thread);
      Optional<ProblemType> objection = moves.objection(thread, slot);
      if (objection.isPresent()) {
        if (mayHaveMoved) {
          // The new time may look taken because it is taken by this very visit.
          throw new UnavailableException("canvas", Duration.ofSeconds(5));
        }
        if (attempt > 0) {
          giveBack(name, thread, slot);
        }
        return new Outcome.Rejected(objection.get());
      }
      if (!deadline.leaves(Duration.ZERO)) {
        throw new UnavailableException("canvas", Duration.ofSeconds(5));
      }
      if (!hold(thread, slot)) {
        return new Outcome.Rejected(ProblemType.SLOT_TAKEN);
      }
      freeEarlier(name, thread, slot);
      origins.remember(name, thread);
      Appointment moved = moved(thread, slot);
      WriteOutcome outcome = canvas.update(thread.currentId(), moved, thread.seen().at());
      if (outcome instanceof WriteOutcome.Written) {
        return finish(origins.find(name), thread.after(moved), slot, result);
      }
      if (outcome instanceof WriteOutcome.TimeTaken) {
        release(thread, slot);
        return new Outcome.Rejected(ProblemType.SLOT_TAKEN);
      }
      if (outcome instanceof WriteOutcome.Refused) {
        release(thread, slot);
        throw changes.callTheClinic(outcome);
      }
      mayHaveMoved |= outcome instanceof WriteOutcome.Unknown;
      thread = again(first);
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  /** If the visit has moved since an earlier try, nobody else frees where it was then. */
  private void freeEarlier(RowKey name, VisitThread now, OfferedSlot slot) {
    origins
        .find(name)
        .filter(earlier -> !earlier.equals(Origin.of(now)))
        .ifPresent(earlier -> changes.releaseOld(earlier, now, slot));
  }

  /**
   * @param origin where the visit was before this move; empty if this move has not changed anything
   */
  private Outcome finish(
      Optional<Origin> origin,
      VisitThread now,
      OfferedSlot slot,
      AtomicReference<VisitThread> result) {
    if (origin.isPresent()
        && standing.isOverlapped(slot.slot().practitioner(), slot.held(), now.current())) {
      goBack(origin.get(), now);
      release(now, slot);
      changes.announce(now, "moved back");
      return new Outcome.Rejected(ProblemType.SLOT_TAKEN);
    }
    origin.ifPresent(before -> changes.releaseOld(before, now, slot));
    holds.hold(slot.slot().practitioner(), changes.owner(now), slot.held(), KEPT);
    changes.announce(now, "moved");
    LOG.info("moved", "appointment", now.currentId());
    result.set(now);
    return new Outcome.Booked(now.currentId());
  }

  /**
   * Somebody else has the new time: the visit returns to where it was, unless that is taken by now;
   * then it stays, and only the clinic can help.
   */
  private void goBack(Origin origin, VisitThread now) {
    Interval held = changes.held(now, origin.time());
    if (!holds.hold(origin.practitioner(), changes.owner(now), held, KEPT)
        || standing.isOverlapped(origin.practitioner(), held, now.current())) {
      LOG.error("move-stuck", "appointment", now.currentId());
      changes.announce(now, "moved");
      throw Problem.of(
              ProblemType.CALL_THE_CLINIC, "Please call the clinic: both times have been taken.")
          .asException();
    }
    WriteOutcome outcome =
        canvas.update(
            now.currentId(),
            form.moved(now.current(), origin.time(), origin.practitioner(), origin.location()),
            now.seen().at());
    if (!(outcome instanceof WriteOutcome.Written)) {
      throw new UnavailableException("canvas", Duration.ofSeconds(3));
    }
  }

  private Appointment moved(VisitThread thread, OfferedSlot slot) {
    return form.moved(
        thread.current(), slot.slot().time(), slot.slot().practitioner(), slot.place().canvasId());
  }

  /** A cancelled visit stands nowhere, even if its old time is the one asked for. */
  private static boolean stands(VisitThread thread, OfferedSlot slot) {
    Appointment now = thread.current();
    return now.knownStatus().map(AppointmentStatus::occupiesTime).orElse(false)
        && AppointmentAnswer.timeOf(thread).equals(slot.slot().time())
        && now.practitioner().equals(Optional.of(slot.slot().practitioner()))
        && now.location().equals(Optional.of(slot.place().canvasId()));
  }

  private VisitThread again(VisitThread first) {
    return VisitThread.of(first.rootId(), canvas)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(3)));
  }

  private boolean hold(VisitThread thread, OfferedSlot slot) {
    return holds.hold(slot.slot().practitioner(), changes.owner(thread), slot.held(), KEPT);
  }

  private void release(VisitThread thread, OfferedSlot slot) {
    holds.release(slot.slot().practitioner(), changes.owner(thread), slot.held());
  }
}
