package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.ReminderStep;
import java.time.Instant;
import java.util.Optional;

/** Whether there is something to tell. */
sealed interface MessageDecision {

  /**
   * A change that stands.
   *
   * @param byPatient whether the patient asked for it, as far as a cancellation is concerned
   * @param assumed what the patient knows of the visit where no message has said anything
   */
  record Due(MessageRequest order, VisitState standing, boolean byPatient, Optional<String> assumed)
      implements MessageDecision {}

  /** A reminder that goes out now, on the channel of its step. */
  record DueReminder(MessageRequest order, VisitState standing, ReminderStep step, MessageKind kind)
      implements MessageDecision {}

  /** Not before then. */
  record Early(Instant until) implements MessageDecision {}

  /** Nothing is to be told, now or later. */
  record Silence(String why) implements MessageDecision {
    /** The visit has begun. */
    static final String OVER = "over";
  }
}
