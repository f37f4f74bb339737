package clinic.scheduling.booking.cancel;

import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.IdempotencyKey;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.booking.visit.Visits;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.VisibleText;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /appointments/{id}/cancellation}. Cancelling a visit that is already cancelled
 * succeeds. The steps are:
 *
 * <ol>
 *   <li>read the request;
 *   <li>count it towards the visit's rate limit, if it is new;
 *   <li>let {@link CancelVisit} cancel the visit, and tell the clinician the reason if the patient
 *       gave one, once for each {@code Idempotency-Key};
 *   <li>answer.
 * </ol>
 */
@Singleton
public class CancelAppointment {
  private static final int MAX_BODY = 16_384;

  /** The outcome if this request cancelled the visit, or may have cancelled it. */
  private static final String CANCELLED = "cancelled";

  /** The outcome if the visit was cancelled before this request. */
  private static final String WAS_CANCELLED = "stood cancelled";

  /** A request that has its outcome, and the visit as we read or wrote it last. */
  private record Settled(VisitThread now, String text, boolean mayHaveChanged)
      implements Idempotency.Result {}

  private final VisitAuthorization authorization;
  private final Idempotency idempotency;
  private final CallLimits limits;
  private final CancelVisit visit;
  private final CancellationNote note;
  private final AppointmentAnswer answer;

  CancelAppointment(
      VisitAuthorization authorization,
      Idempotency idempotency,
      CallLimits limits,
      CancelVisit visit,
      CancellationNote note,
      AppointmentAnswer answer) {
    this.authorization = authorization;
    this.idempotency = idempotency;
    this.limits = limits;
    this.visit = visit;
    this.note = note;
    this.answer = answer;
  }

  public APIGatewayV2HTTPResponse answer(Request request) {
    VisitThread thread = authorization.authorizeManage(request);
    IdempotencyKey key = IdempotencyKey.of(request);
    JsonNode body = request.body().length == 0 ? Request.parse("{}") : request.json(MAX_BODY);
    Optional<Phi<String>> reason = reason(body);
    Idempotency.Known known = idempotency.ofVisit(thread.rootId(), "cancellation", key, body);
    if (known.isNew()) {
      count(known, thread);
    }
    Settled settled =
        known.once(
            text -> new Settled(thread, text, true),
            mayHaveActed -> cancel(thread, reason, mayHaveActed && !known.isRefused()));
    return answer.current(settled.now());
  }

  /**
   * Counts the request. If the visit is not cancelled yet, the request may also use the ten
   * requests a day that are reserved for cancelling.
   */
  private void count(Idempotency.Known known, VisitThread thread) {
    if (Visits.isGone(thread)) {
      limits.countChange(known.row());
    } else {
      limits.countCancellation(known.row());
    }
  }

  /**
   * @param mayHaveCancelled whether an earlier attempt may have cancelled the visit
   */
  private Settled cancel(
      VisitThread thread, Optional<Phi<String>> reason, boolean mayHaveCancelled) {
    CancelVisit.Cancelled cancelled = visit.cancel(thread);
    reason.ifPresent(text -> note.tell(cancelled.now(), text));
    return cancelled.byUs() || mayHaveCancelled
        ? new Settled(cancelled.now(), CANCELLED, true)
        : new Settled(cancelled.now(), WAS_CANCELLED, reason.isPresent());
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
