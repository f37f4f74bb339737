package clinic.scheduling.core.remind;

import clinic.scheduling.core.practice.QuietHours;
import clinic.scheduling.core.practice.ReminderStep;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides whether a reminder is sent now. The decision is made again at the moment of sending,
 * because the visit may have been confirmed, moved or cancelled meanwhile. A pure function.
 */
public final class ReminderPlan {
  private static final String TEXT_MESSAGE = "sms";

  private ReminderPlan() {}

  /** Whether to send a reminder. */
  public sealed interface Decision {

    /** Calls the function of this decision and returns its result. */
    <R> R fold(Supplier<R> send, Function<Wait, R> wait, Function<Drop, R> drop);
  }

  /** Send the reminder now. */
  public record Send() implements Decision {
    @Override
    public <R> R fold(Supplier<R> send, Function<Wait, R> wait, Function<Drop, R> drop) {
      return send.get();
    }
  }

  /** Do not send the reminder before {@code until}; decide again then. */
  public record Wait(Instant until) implements Decision {
    @Override
    public <R> R fold(Supplier<R> send, Function<Wait, R> wait, Function<Drop, R> drop) {
      return wait.apply(this);
    }
  }

  /** Never send the reminder. */
  public record Drop(String why) implements Decision {
    @Override
    public <R> R fold(Supplier<R> send, Function<Wait, R> wait, Function<Drop, R> drop) {
      return drop.apply(this);
    }
  }

  public static Decision of(ReminderStep step, UpcomingVisit visit, QuietHours quiet, Instant now) {
    Instant due = ReminderTime.due(step, visit.start(), visit.place());
    Optional<String> reasonToDrop = reasonToDrop(step, visit, due, now);
    if (reasonToDrop.isPresent()) {
      return new Drop(reasonToDrop.get());
    }
    if (now.isBefore(due)) {
      return new Wait(due);
    }
    if (now.isAfter(earliestSending(visit, quiet, due).plus(ReminderTime.grace(step)))) {
      return new Drop("too-late");
    }
    return quietUntil(step, visit, quiet, now).<Decision>map(Wait::new).orElseGet(Send::new);
  }

  private static Optional<String> reasonToDrop(
      ReminderStep step, UpcomingVisit visit, Instant due, Instant now) {
    if (!visit.start().isAfter(now)) {
      return Optional.of("over");
    }
    if (visit.state() == UpcomingVisit.State.NOT_AWAITED) {
      return Optional.of("not-awaited");
    }
    if (step.onlyIfUnconfirmed() && visit.state() == UpcomingVisit.State.CONFIRMED) {
      return Optional.of("confirmed");
    }
    return visit.toldAt().isAfter(due.minus(step.afterNews()))
        ? Optional.of("told-lately")
        : Optional.empty();
  }

  /**
   * The earliest time at which a due reminder can be sent. Quiet hours count for every channel,
   * because a text message may have to replace an e-mail.
   */
  private static Instant earliestSending(UpcomingVisit visit, QuietHours quiet, Instant due) {
    return quiet.sendableFrom(due, visit.patient(), visit.start()).orElse(due);
  }

  /**
   * The end of the quiet hours, if the reminder has to wait for it. Only text messages wait, since
   * an e-mail wakes nobody.
   */
  private static Optional<Instant> quietUntil(
      ReminderStep step, UpcomingVisit visit, QuietHours quiet, Instant at) {
    return step.channel().equals(TEXT_MESSAGE)
        ? quiet.sendableFrom(at, visit.patient(), visit.start())
        : Optional.empty();
  }
}
