package clinic.scheduling.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An outside system does not answer, or asks us to come back later. It may be unknown whether a
 * write took effect, so code that repeats a write has to read first. The caller should try again
 * after {@link #retryAfter()}, without sleeping in the process.
 */
public class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String system;
  private final Duration retryAfter;

  public UnavailableException(String system, Duration retryAfter) {
    this(system, retryAfter, null);
  }

  public UnavailableException(String system, Duration retryAfter, @Nullable Throwable cause) {
    super("not available now: " + system, cause);
    this.system = system;
    this.retryAfter = retryAfter;
  }

  public String system() {
    return system;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
