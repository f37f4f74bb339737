package clinic.scheduling.core.setup;

import org.jspecify.annotations.Nullable;

/** Nobody has put a practice document yet, so there is nothing to do. This is not a fault. */
public final class NotSetUpException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_CAUSES = 20;

  public NotSetUpException() {
    super("there is no practice document yet");
  }

  /** Whether a failure comes from this one. Beans wrap the failures of the beans that they need. */
  public static boolean isCauseOf(Throwable failure) {
    @Nullable Throwable current = failure;
    for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
      if (current instanceof NotSetUpException) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }
}
