package clinic.scheduling.booking;

import clinic.scheduling.booking.Idempotency.Settled;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.VisibleText;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import clinic.scheduling.core.ledger.RowKey;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code POST /appointments/{id}/cancellation}. Cancelling what is cancelled succeeds; a change by
 * staff in between is read again before anything is written over it.
 */
@Singleton
class CancelAppointment {
  private static final int MAX_BODY = 16_384;
  private static final int TRIES = 3;
  private static final String STOOD = "stood cancelled";

  private final VisitAuthorization visitor;
  private final Canvas canvas;
  private final ChangeRules changes;
  private final AppointmentAnswer answer;
  private final CancellationNote note;
  private final VisitRequests requests;
  private final CallBudget time;

  CancelAppointment(
      VisitAuthorization visitor,
      Canvas canvas,
      ChangeRules changes,
      AppointmentAnswer answer,
      CancellationNote note,
      VisitRequests requests,
      CallBudget time) {
    this.visitor = visitor;
    this.canvas = canvas;
    this.changes = changes;
    this.answer = answer;
    this.note = note;
    this.requests = requests;
    this.time = time;
  }

  APIGatewayV2HTTPResponse answer(Request request) {
    VisitThread thread = visitor.managed(request);
    String key = Idempotency.keyOf(request);
    JsonNode body = request.body().length == 0 ? Request.parse("{}") : request.json(MAX_BODY);
    Optional<Phi<String>> reason = reason(body);
    RowKey name = requests.name(thread.rootId(), "cancellation", key);
    boolean refusedBefore = requests.isRefused(name);
    AtomicReference<VisitThread> result = new AtomicReference<>();
    Idempotency.Work work =
        seenBefore -> {
          Cancelled cancelled = cancel(thread);
          reason.ifPresent(text -> note.tell(cancelled.thread(), text));
          result.set(cancelled.thread());
          boolean mayBeOurs = seenBefore && !refusedBefore;
          return settled(cancelled.byUs() || mayBeOurs, reason.isPresent());
        };
    if (isGone(thread)) {
      requests.outcome(name, body, work);
    } else {
      requests.cancelling(name, body, work);
    }
    VisitThread now = result.get();
    return Responses.json(200, answer.of(now == null ? thread : now));
  }

  /** Whoever reads who cancelled a visit tells these outcomes apart. */
  private static Settled settled(boolean byUs, boolean hasToldWhy) {
    if (byUs) {
      return Settled.kept("cancelled");
    }
    return hasToldWhy ? Settled.kept(STOOD) : Settled.unchanged(STOOD);
  }

  /**
   * The visit, which is cancelled.
   *
   * @param byUs whether this call did it, or may have
   */
  private record Cancelled(VisitThread thread, boolean byUs) {}

  private Cancelled cancel(VisitThread first) {
    // What seems to be done already is looked at twice: a read may lag behind.
    VisitThread thread = isGone(first) ? again(first) : first;
    boolean mayBeGone = false;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (isGone(thread)) {
        changes.cancelled(thread);
        return new Cancelled(thread, mayBeGone);
      }
      refuseUnlessOpen(thread, mayBeGone);
      time.require(BookAppointment.SETTLING);
      Appointment cancelled = thread.current().cancelled();
      Versioned<Appointment> seen = thread.seen();
      WriteOutcome outcome =
          canvas.update(
              thread.currentId(), cancelled, attempt == 0 ? seen.justBefore() : seen.at());
      if (outcome instanceof WriteOutcome.Written) {
        VisitThread now = thread.after(cancelled);
        changes.cancelled(now);
        return new Cancelled(now, true);
      }
      if (outcome instanceof WriteOutcome.Refused || outcome instanceof WriteOutcome.TimeTaken) {
        return refused(first, outcome, mayBeGone);
      }
      mayBeGone |= outcome instanceof WriteOutcome.Unknown;
      thread = again(first);
    }
    throw new UnavailableException("canvas", Duration.ofSeconds(3));
  }

  /** While an update of ours may still land, nobody is told that nothing was cancelled. */
  private void refuseUnlessOpen(VisitThread thread, boolean mayBeGone) {
    try {
      changes.refuseUnlessOpen(thread);
    } catch (ProblemException e) {
      throw mayBeGone ? new UnavailableException("canvas", Duration.ofSeconds(3), e) : e;
    }
  }

  /** What is cancelled cannot be cancelled again: an update of ours that nobody answered did it. */
  private Cancelled refused(VisitThread first, WriteOutcome outcome, boolean mayBeGone) {
    if (!mayBeGone) {
      throw changes.callTheClinic(outcome);
    }
    VisitThread now = again(first);
    if (!isGone(now)) {
      throw new UnavailableException("canvas", Duration.ofSeconds(3));
    }
    changes.cancelled(now);
    return new Cancelled(now, true);
  }

  private VisitThread again(VisitThread first) {
    return CompleteThread.of(first.rootId(), canvas)
        .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(3)));
  }

  private static boolean isGone(VisitThread thread) {
    return thread.current().knownStatus().map(AppointmentStatus::isGone).orElse(false);
  }

  private static Optional<Phi<String>> reason(JsonNode json) {
    List<FieldError> errors = new ArrayList<>();
    Fields fields = Fields.ofForm(json, errors);
    Optional<Phi<String>> reason =
        fields
            .optionalLines("reason", 1_000)
            .map(VisibleText::of)
            .filter(text -> !text.isEmpty())
            .map(Phi::of);
    fields.end();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return reason;
  }
}
