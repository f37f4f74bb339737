package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.remind.ReminderPlan;
import clinic.scheduling.core.remind.UpcomingVisit;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Whether a reminder that was ordered still goes out: asked anew at the moment of sending. */
@Singleton
final class ReadReminder {
  private final ReadVisitState standing;
  private final DuplicateBooking twice;
  private final Canvas canvas;
  private final Messages messages;
  private final Clock clock;

  @Inject
  ReadReminder(
      ReadVisitState standing,
      DuplicateBooking twice,
      Canvas canvas,
      Practice practice,
      Clock clock) {
    this.standing = standing;
    this.twice = twice;
    this.canvas = canvas;
    this.messages = practice.messages();
    this.clock = clock;
  }

  MessageDecision about(
      MessageRequest order, MessageRequest.About.Reminder reminder, Optional<ChangeRecord> told) {
    Optional<ReminderStep> step =
        messages.activeReminders().stream()
            .filter(one -> one.id().equals(reminder.step()))
            .findFirst();
    if (step.isEmpty()) {
      return new MessageDecision.Silence("switched-off");
    }
    VisitThread thread = standing.thread(order);
    if (thread.current().replacedBy().isPresent()) {
      throw ReadVisitState.later("a successor");
    }
    boolean isSameTime =
        thread
            .current()
            .time()
            .map(Interval::start)
            .filter(start -> start.getEpochSecond() / 60 == reminder.startMinute())
            .isPresent();
    if (!isSameTime) {
      return new MessageDecision.Silence("moved");
    }
    // Its patient was never told of this one; perhaps they have called off the other.
    return twice.knewInsteadOf(thread, canvas).isPresent()
        ? new MessageDecision.Silence("twice-booked")
        : about(order, step.get(), standing.of(order, thread), told);
  }

  private MessageDecision about(
      MessageRequest order, ReminderStep step, VisitState now, Optional<ChangeRecord> told) {
    UpcomingVisit.State state = state(now.appointment());
    UpcomingVisit nearing =
        new UpcomingVisit(
            now.time().start(),
            state,
            told.map(ChangeRecord::at).orElse(Instant.EPOCH),
            now.place(),
            now.home());
    boolean asks = step.asksToConfirm() && state == UpcomingVisit.State.UNCONFIRMED;
    return ReminderPlan.of(step, nearing, messages.quietHours(), clock.instant())
        .<MessageDecision>fold(
            () ->
                new MessageDecision.DueReminder(
                    order, now, step, asks ? MessageKind.CONFIRM : MessageKind.REMINDER),
            wait -> new MessageDecision.Early(wait.until()),
            drop -> new MessageDecision.Silence(drop.why()));
  }

  private static UpcomingVisit.State state(Appointment visit) {
    return visit.knownStatus().map(ReadReminder::state).orElse(UpcomingVisit.State.NOT_AWAITED);
  }

  private static UpcomingVisit.State state(AppointmentStatus status) {
    return switch (status) {
      case PROPOSED, PENDING -> UpcomingVisit.State.UNCONFIRMED;
      case BOOKED -> UpcomingVisit.State.CONFIRMED;
      case ARRIVED, CHECKED_IN, FULFILLED, NOSHOW, WAITLIST, CANCELLED, ENTERED_IN_ERROR ->
          UpcomingVisit.State.NOT_AWAITED;
    };
  }
}
