package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.TwiceBooked;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.ReminderStep;
import clinic.scheduling.core.remind.Nearing;
import clinic.scheduling.core.remind.ReminderPlan;
import clinic.scheduling.core.visit.VisitChanges.Told;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Whether a reminder that was ordered still goes out: asked anew at the moment of sending. */
@Singleton
final class ReadReminder {
  private final ReadStanding standing;
  private final TwiceBooked twice;
  private final Canvas canvas;
  private final Messages messages;
  private final Clock clock;

  @Inject
  ReadReminder(
      ReadStanding standing, TwiceBooked twice, Canvas canvas, Practice practice, Clock clock) {
    this.standing = standing;
    this.twice = twice;
    this.canvas = canvas;
    this.messages = practice.messages();
    this.clock = clock;
  }

  News about(Order order, Order.About.Reminder reminder, Optional<Told> told) {
    Optional<ReminderStep> step =
        messages.activeReminders().stream()
            .filter(one -> one.id().equals(reminder.step()))
            .findFirst();
    if (step.isEmpty()) {
      return new News.Silence("switched-off");
    }
    VisitThread thread = standing.thread(order);
    if (thread.current().replacedBy().isPresent()) {
      throw ReadStanding.later("a successor");
    }
    boolean isSameTime =
        thread
            .current()
            .time()
            .map(Interval::start)
            .filter(start -> start.getEpochSecond() / 60 == reminder.startMinute())
            .isPresent();
    if (!isSameTime) {
      return new News.Silence("moved");
    }
    // Its patient was never told of this one; perhaps they have called off the other.
    return twice.knewInsteadOf(thread, canvas).isPresent()
        ? new News.Silence("twice-booked")
        : about(order, step.get(), standing.of(order, thread), told);
  }

  private News about(Order order, ReminderStep step, Standing now, Optional<Told> told) {
    Nearing.State state = state(now.appointment());
    Nearing nearing =
        new Nearing(
            now.time().start(),
            state,
            told.map(Told::at).orElse(Instant.EPOCH),
            now.place(),
            now.home());
    ReminderPlan.Verdict verdict =
        ReminderPlan.of(step, nearing, messages.quietHours(), clock.instant());
    if (verdict instanceof ReminderPlan.Verdict.Not not) {
      return new News.Silence(not.why());
    }
    if (verdict instanceof ReminderPlan.Verdict.Wait wait) {
      return new News.Early(wait.until());
    }
    boolean asks = step.asksToConfirm() && state == Nearing.State.UNCONFIRMED;
    return new News.DueReminder(order, now, step, asks ? Kind.CONFIRM : Kind.REMINDER);
  }

  private static Nearing.State state(Appointment visit) {
    return visit.knownStatus().map(ReadReminder::state).orElse(Nearing.State.NOT_AWAITED);
  }

  private static Nearing.State state(AppointmentStatus status) {
    return switch (status) {
      case PROPOSED, PENDING -> Nearing.State.UNCONFIRMED;
      case BOOKED -> Nearing.State.CONFIRMED;
      case ARRIVED, CHECKED_IN, FULFILLED, NOSHOW, WAITLIST, CANCELLED, ENTERED_IN_ERROR ->
          Nearing.State.NOT_AWAITED;
    };
  }
}
