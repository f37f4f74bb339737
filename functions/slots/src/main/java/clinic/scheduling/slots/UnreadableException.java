package clinic.scheduling.slots;

import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.slots.Unavailable.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something about one clinician could not be read completely, so no time of theirs is offered. */
final class UnreadableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  UnreadableException(Reason reason, Duration retryAfter, @Nullable Throwable cause) {
    super(reason.system(), retryAfter, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
