package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.MessageKind;
import clinic.scheduling.core.practice.ReminderStep;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Whether a request still leads to a message. */
sealed interface MessageDecision {

  /** Calls the function of this case and returns its result. */
  <R> R fold(
      Function<SendChange, R> change,
      Function<SendReminder, R> reminder,
      Function<Defer, R> defer,
      Function<Skip, R> skip);

  /** Something to send, on whichever channels reach the patient. */
  sealed interface Send extends MessageDecision {
    MessageRequest request();

    VisitState visit();

    /** Calls the function of this case and returns its result. */
    <R> R either(Function<SendChange, R> change, Function<SendReminder, R> reminder);

    @Override
    default <R> R fold(
        Function<SendChange, R> change,
        Function<SendReminder, R> reminder,
        Function<Defer, R> defer,
        Function<Skip, R> skip) {
      return either(change, reminder);
    }
  }

  /**
   * Send the newest change.
   *
   * @param byPatient whether the patient asked for it, as far as a cancellation is concerned
   * @param assumed the fingerprint of what the patient knows if no message has told them anything
   */
  record SendChange(
      MessageRequest request, VisitState visit, boolean byPatient, Optional<String> assumed)
      implements Send {
    @Override
    public <R> R either(Function<SendChange, R> change, Function<SendReminder, R> reminder) {
      return change.apply(this);
    }
  }

  /** Send a reminder on the channel of its step. */
  record SendReminder(MessageRequest request, VisitState visit, ReminderStep step, MessageKind kind)
      implements Send {
    @Override
    public <R> R either(Function<SendChange, R> change, Function<SendReminder, R> reminder) {
      return reminder.apply(this);
    }
  }

  /** Send nothing before {@code until}; then decide again. */
  record Defer(Instant until) implements MessageDecision {
    @Override
    public <R> R fold(
        Function<SendChange, R> change,
        Function<SendReminder, R> reminder,
        Function<Defer, R> defer,
        Function<Skip, R> skip) {
      return defer.apply(this);
    }
  }

  /**
   * Send nothing, now or later.
   *
   * @param why a fixed word
   */
  record Skip(String why) implements MessageDecision {
    private static final String OVER = "over";

    static Skip visitHasBegun() {
      return new Skip(OVER);
    }

    boolean hasVisitBegun() {
      return why.equals(OVER);
    }

    @Override
    public <R> R fold(
        Function<SendChange, R> change,
        Function<SendReminder, R> reminder,
        Function<Defer, R> defer,
        Function<Skip, R> skip) {
      return skip.apply(this);
    }
  }
}
