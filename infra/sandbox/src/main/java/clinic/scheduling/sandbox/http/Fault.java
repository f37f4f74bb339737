package clinic.scheduling.sandbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One kind of trouble that a stand-in has been told to make.
 *
 * @param times how many calls it still meets
 * @param match a pattern looked for in {@code METHOD /path}; empty meets every call
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

  /** What happens to a call that meets the fault. */
  public enum Kind {
    /** Answered with the status, without effect. */
    STATUS,
    /** Has its effect, is answered with the status. */
    STATUS_AFTER_EFFECT,
    /** Answered with the status and a web page, as something in between does; without effect. */
    PAGE,
    /** No effect and no answer; the connection ends after the seconds. */
    TIMEOUT,
    /** Has its effect, no answer; the connection ends after the seconds. */
    TIMEOUT_AFTER_EFFECT,
    /** The connection ends at once, without effect. */
    CUT,
    /** Has its effect, then the connection ends. */
    CUT_AFTER_EFFECT,
    /** Answered rightly, after the seconds. */
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
