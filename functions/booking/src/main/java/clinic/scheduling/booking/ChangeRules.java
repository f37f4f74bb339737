package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.Queue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What moving and cancelling have in common: when they are allowed, and what follows. */
@Singleton
class ChangeRules {
  private final AppointmentAnswer answer;
  private final Holds holds;
  private final Queue<ChangeNotice> queue;
  private final Clock clock;
  private final String system;

  ChangeRules(
      AppointmentAnswer answer,
      Holds holds,
      Queue<ChangeNotice> queue,
      Clock clock,
      IdentifierSystem system) {
    this.answer = answer;
    this.holds = holds;
    this.queue = queue;
    this.clock = clock;
    this.system = system.uri();
  }

  /**
   * The same, and refuses a visit on the waitlist: Canvas takes none back there, so that a move
   * which has to be undone could not be.
   */
  void refuseUnlessMovable(VisitThread thread) {
    if (thread.current().knownStatus().filter(AppointmentStatus.WAITLIST::equals).isPresent()) {
      throw Problem.of(
              ProblemType.NOT_MOVABLE, "A visit on the waitlist has no time yet; call the clinic.")
          .asException();
    }
    refuseUnlessOpen(thread);
  }

  /**
   * Refuses a visit that is over, under way, or too close; and one of a kind that the practice
   * document does not know, since nobody can say how close is too close.
   */
  void refuseUnlessOpen(VisitThread thread) {
    AppointmentStatus status = thread.current().knownStatus().orElse(AppointmentStatus.FULFILLED);
    boolean open =
        switch (status) {
          case PROPOSED, PENDING, BOOKED, WAITLIST -> true;
          case ARRIVED, CHECKED_IN, FULFILLED, NOSHOW, CANCELLED, ENTERED_IN_ERROR -> false;
        };
    Instant start = AppointmentAnswer.timeOf(thread).start();
    if (!open || !clock.instant().isBefore(start)) {
      throw Problem.of(
              ProblemType.NOT_MOVABLE,
              "Only a visit that lies ahead can be changed; call the clinic.")
          .asException();
    }
    Duration notice =
        answer
            .visitOf(thread.current())
            .map(VisitType::cancellationNotice)
            .orElseThrow(ChangeRules::unknownKind);
    if (clock.instant().isAfter(start.minus(notice))) {
      throw Problem.of(
              ProblemType.NOTICE_PERIOD,
              "Changes are possible until "
                  + notice.toMinutes()
                  + " minutes before; call the clinic.")
          .asException();
    }
  }

  /** The time is free again, and calendars and messages are to follow. */
  void cancelled(VisitThread thread) {
    Interval time = held(thread, AppointmentAnswer.timeOf(thread));
    thread.current().practitioner().ifPresent(who -> holds.release(who, owner(thread), time));
    announce(thread, "cancelled");
  }

  /** A time with the buffers of the visit. */
  Interval held(VisitThread thread, Interval time) {
    Optional<VisitType> visit = answer.visitOf(thread.current());
    return time.widened(
        visit.map(VisitType::bufferBefore).orElse(Duration.ZERO),
        visit.map(VisitType::bufferAfter).orElse(Duration.ZERO));
  }

  void announce(VisitThread thread, String hint) {
    queue.send(
        ChangeNotice.of(thread.currentId(), hint, owner(thread), clock.instant(), owner(thread)));
  }

  /** The name under which holds of this visit stand. */
  String owner(VisitThread thread) {
    return thread.bookingId(system).orElse(thread.rootId());
  }

  private static ProblemException unknownKind() {
    LOG.warn("unknown-visit-type");
    return callTheClinic();
  }

  private static ProblemException callTheClinic() {
    return Problem.of(ProblemType.CALL_THE_CLINIC, "Please call the clinic to change this visit.")
        .asException();
  }

  ProblemException callTheClinic(WriteOutcome outcome) {
    LOG.error("update-refused", "outcome", outcome.getClass().getSimpleName());
    return callTheClinic();
  }
}
