package clinic.scheduling.booking.visit;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.VisitTypes;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides which visits a patient may still move or cancel (docs/appointment-statuses.md). */
@Singleton
public class ChangeRules {
  private static final Log LOG = Log.of(ChangeRules.class);

  private final Practice practice;
  private final Clock clock;

  public ChangeRules(Practice practice, Clock clock) {
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * Why the visit cannot be moved; empty if it can. A visit on the waitlist cannot be moved: if
   * somebody else took the new time at the same moment, we would have to undo the move, but Canvas
   * puts no appointment back on the waitlist.
   */
  public Optional<ProblemException> objectionToMoving(VisitThread thread) {
    return thread.current().knownStatus().filter(AppointmentStatus.WAITLIST::equals).isPresent()
        ? Optional.of(
            problem(
                ProblemType.NOT_MOVABLE,
                "A visit on the waitlist has no time yet; call the clinic."))
        : objectionToCancelling(thread);
  }

  /**
   * Why the visit cannot be cancelled; empty if it can. A visit cannot be cancelled if it has begun
   * or was cancelled, or if its notice period has begun. If the visit type is not in the practice
   * document, we do not know the notice period, so the patient has to call the clinic.
   */
  public Optional<ProblemException> objectionToCancelling(VisitThread thread) {
    AppointmentStatus status = thread.current().knownStatus().orElse(AppointmentStatus.FULFILLED);
    boolean open =
        switch (status) {
          case PROPOSED, PENDING, BOOKED, WAITLIST -> true;
          case ARRIVED, CHECKED_IN, FULFILLED, NOSHOW, CANCELLED, ENTERED_IN_ERROR -> false;
        };
    Instant start = Visits.timeOf(thread).start();
    if (!open || !clock.instant().isBefore(start)) {
      return Optional.of(
          problem(
              ProblemType.NOT_MOVABLE,
              "Only a visit that lies ahead can be changed; call the clinic."));
    }
    Optional<Duration> notice =
        VisitTypes.of(thread.current(), practice).map(VisitType::cancellationNotice);
    if (notice.isEmpty()) {
      LOG.warn("unknown-visit-type");
      return Optional.of(callTheClinic());
    }
    return clock.instant().isAfter(start.minus(notice.get()))
        ? Optional.of(
            problem(
                ProblemType.NOTICE_PERIOD,
                "Changes are possible until "
                    + notice.get().toMinutes()
                    + " minutes before; call the clinic."))
        : Optional.empty();
  }

  /** Logs that Canvas refuses the change, and returns the problem for the patient. */
  public ProblemException refusedBy(WriteOutcome outcome) {
    LOG.error("update-refused", "outcome", outcome.getClass().getSimpleName());
    return callTheClinic();
  }

  private static ProblemException callTheClinic() {
    return problem(ProblemType.CALL_THE_CLINIC, "Please call the clinic to change this visit.");
  }

  private static ProblemException problem(ProblemType type, String detail) {
    return Problem.of(type, detail).asException();
  }
}
