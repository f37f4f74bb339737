package clinic.scheduling.sandbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One fault that a stand-in has been told to inject.
 *
 * @param times how many more calls it affects
 * @param match a pattern to find in {@code METHOD /path}; empty for every call
 * @param status of the answer, for {@link Kind#STATUS} and {@link Kind#PAGE}
 * @param code the service's own name of the error; empty for the usual one of the status
 * @param retryAfter the header's value as sent; absent if null
 * @param seconds how long a slow or timing-out call takes; fractions are fine
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
    Kind kind,
    int times,
    String match,
    int status,
    String code,
    @Nullable String retryAfter,
    double seconds) {
  private static final double LONGEST_SECONDS = 300;

  /** What happens to a call that matches the fault. */
  public enum Kind {
    /** A response with the status, without effect. */
    STATUS,
    /** The effect, then a response with the status. */
    STATUS_AFTER_EFFECT,
    /** A response with the status and a web page, as a proxy sends it, without effect. */
    PAGE,
    /** No effect and no response; the connection closes after the seconds. */
    TIMEOUT,
    /** The effect, but no response; the connection closes after the seconds. */
    TIMEOUT_AFTER_EFFECT,
    /** The connection closes at once, without effect. */
    CUT,
    /** The effect, then the connection closes. */
    CUT_AFTER_EFFECT,
    /** The normal response, after the seconds. */
    SLOW
  }

  public Fault {
    if (times < 1 || seconds < 0 || seconds > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "a fault needs times >= 1 and seconds in 0.." + LONGEST_SECONDS);
    }
  }

  public boolean meets(Call call) {
    return Pattern.compile(match).matcher(call.method() + " " + call.path()).find();
  }

  Fault once() {
    return new Fault(kind, times - 1, match, status, code, retryAfter, seconds);
  }

  Duration duration() {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
