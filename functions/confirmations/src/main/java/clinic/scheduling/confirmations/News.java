package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.ReminderStep;
import java.time.Instant;
import java.util.Optional;

/** Whether there is something to tell. */
sealed interface News {

  /**
   * A change that stands.
   *
   * @param byPatient whether the patient asked for it, as far as a cancellation is concerned
   * @param assumed what the patient knows of the visit where no message has said anything
   */
  record Due(Order order, Standing standing, boolean byPatient, Optional<String> assumed)
      implements News {}

  /** A reminder that goes out now, on the channel of its step. */
  record DueReminder(Order order, Standing standing, ReminderStep step, Kind kind)
      implements News {}

  /** Not before then. */
  record Early(Instant until) implements News {}

  /** Nothing is to be told, now or later. */
  record Silence(String why) implements News {
    /** The visit has begun. */
    static final String OVER = "over";
  }
}
