package clinic.scheduling.sandbox.canvas;

import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A fault that waits for matching calls.
 *
 * @param method empty for any
 * @param pathPrefix below {@code /canvas}, such as {@code /Appointment}
 * @param status of {@link Kind#STATUS} and {@link Kind#HTML}
 * @param retryAfter the Retry-After header, empty for none
 * @param delayMs how long {@link Kind#SLOW} and the time-outs wait
 * @param times how many calls it meets before it is gone
 */
public record Fault(
    String method,
    String pathPrefix,
    Kind kind,
    int status,
    Optional<String> retryAfter,
    long delayMs,
    int times) {

  /** What happens; "after effect" means that the write has been done. */
  public enum Kind {
    @JsonProperty("status")
    STATUS,
    @JsonProperty("timeout")
    TIMEOUT,
    @JsonProperty("timeout-after-effect")
    TIMEOUT_AFTER_EFFECT,
    @JsonProperty("cut")
    CUT,
    @JsonProperty("cut-after-effect")
    CUT_AFTER_EFFECT,
    @JsonProperty("slow")
    SLOW,
    @JsonProperty("html")
    HTML,
    @JsonProperty("stale-read")
    STALE_READ
  }

  public Fault {
    if (times < 1 || delayMs < 0 || status < 200 || status > 599) {
      throw new IllegalArgumentException(
          "times must be at least 1, delayMs not negative, status 200 to 599");
    }
  }

  /** A fault of one kind for the next matching call; 503 and a minute where it matters. */
  public static Fault once(Kind kind, String method, String pathPrefix) {
    return new Fault(method, pathPrefix, kind, 503, Optional.empty(), 60_000, 1);
  }

  /** The next matching call is answered with this status. */
  public static Fault status(int status, String method, String pathPrefix) {
    return new Fault(method, pathPrefix, Kind.STATUS, status, Optional.empty(), 0, 1);
  }

  public Fault retryAfter(String value) {
    return new Fault(method, pathPrefix, kind, status, Optional.of(value), delayMs, times);
  }

  public Fault delayMs(long wait) {
    return new Fault(method, pathPrefix, kind, status, retryAfter, wait, times);
  }

  public Fault times(int count) {
    return new Fault(method, pathPrefix, kind, status, retryAfter, delayMs, count);
  }

  boolean meets(Call call) {
    return (method.isEmpty() || method.equals(call.method())) && call.path().startsWith(pathPrefix);
  }
}
