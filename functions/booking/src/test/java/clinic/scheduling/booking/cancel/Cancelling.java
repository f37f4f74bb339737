package clinic.scheduling.booking.cancel;

import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.ChangeRules;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Cancels visits under other rules than those of the function. */
@Singleton
public class Cancelling {
  private final VisitAuthorization authorization;
  private final Idempotency idempotency;
  private final CallLimits limits;
  private final Canvas canvas;
  private final TimeHolds holds;
  private final Queue<ChangeNotice> changes;
  private final CallBudget budget;
  private final CancellationNote note;
  private final AppointmentAnswer answer;
  private final Clock clock;

  Cancelling(
      VisitAuthorization authorization,
      Idempotency idempotency,
      CallLimits limits,
      Canvas canvas,
      TimeHolds holds,
      Queue<ChangeNotice> changes,
      CallBudget budget,
      CancellationNote note,
      AppointmentAnswer answer,
      Clock clock) {
    this.authorization = authorization;
    this.idempotency = idempotency;
    this.limits = limits;
    this.canvas = canvas;
    this.holds = holds;
    this.changes = changes;
    this.budget = budget;
    this.note = note;
    this.answer = answer;
    this.clock = clock;
  }

  public CancelAppointment under(ChangeRules rules) {
    return new CancelAppointment(
        authorization,
        idempotency,
        limits,
        new CancelVisit(canvas, rules, holds, changes, budget, clock),
        note,
        answer);
  }
}
