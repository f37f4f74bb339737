package clinic.scheduling.sandbox.canvas;

import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A fault that happens to matching calls.
 *
 * @param method the HTTP method; empty for any
 * @param pathPrefix the start of the path below {@code /canvas}, such as {@code /Appointment}
 * @param query text that the decoded query string must contain, such as a staff key; empty for any
 * @param status of {@link Kind#STATUS} and {@link Kind#HTML}
 * @param retryAfter the Retry-After header, empty for none
 * @param delayMs how long {@link Kind#SLOW} and the time-outs wait, and {@link Kind#TRICKLE} after
 *     each byte of the body
 * @param times how many calls it affects; {@link #UNTIL_CLEARED} for all
 */
public record Fault(
    String method,
    String pathPrefix,
    String query,
    Kind kind,
    int status,
    Optional<String> retryAfter,
    long delayMs,
    int times) {
  /** The value of {@link #times} for a fault that stays until faults are cleared. */
  public static final int UNTIL_CLEARED = Integer.MAX_VALUE;

  /** What happens to the call. "After effect" means that the write has been done. */
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
    STALE_READ,
    @JsonProperty("malformed-entry")
    MALFORMED_ENTRY,
    @JsonProperty("foreign-entry")
    FOREIGN_ENTRY,
    @JsonProperty("outside-entry")
    OUTSIDE_ENTRY,
    @JsonProperty("endless-pages")
    ENDLESS_PAGES,
    @JsonProperty("empty-body")
    EMPTY_BODY,
    @JsonProperty("truncated")
    TRUNCATED,
    @JsonProperty("trickle")
    TRICKLE
  }

  public Fault {
    if (times < 1 || delayMs < 0 || status < 200 || status > 599) {
      throw new IllegalArgumentException(
          "times must be at least 1, delayMs not negative, status 200 to 599");
    }
  }

  /**
   * A fault of one kind for the next matching call, with status 503 and a wait of one minute if the
   * kind needs them.
   */
  public static Fault once(Kind kind, String method, String pathPrefix) {
    return new Fault(method, pathPrefix, "", kind, 503, Optional.empty(), 60_000, 1);
  }

  /** The next matching call is answered with this status. */
  public static Fault status(int status, String method, String pathPrefix) {
    return new Fault(method, pathPrefix, "", Kind.STATUS, status, Optional.empty(), 0, 1);
  }

  /** The same, only for calls whose decoded query string contains this. */
  public Fault query(String part) {
    return new Fault(method, pathPrefix, part, kind, status, retryAfter, delayMs, times);
  }

  public Fault retryAfter(String value) {
    return new Fault(method, pathPrefix, query, kind, status, Optional.of(value), delayMs, times);
  }

  public Fault delayMs(long wait) {
    return new Fault(method, pathPrefix, query, kind, status, retryAfter, wait, times);
  }

  public Fault times(int count) {
    return new Fault(method, pathPrefix, query, kind, status, retryAfter, delayMs, count);
  }

  public Fault untilCleared() {
    return times(UNTIL_CLEARED);
  }

  /** The same fault for one call fewer. Do not call it on a fault that has one call left. */
  public Fault struck() {
    return times == UNTIL_CLEARED ? this : times(times - 1);
  }

  public boolean meets(Call call) {
    return (method.isEmpty() || method.equals(call.method()))
        && call.path().startsWith(pathPrefix)
        && (query.isEmpty() || decoded(call.rawQuery()).contains(query));
  }

  private static String decoded(String query) {
    return URLDecoder.decode(query, StandardCharsets.UTF_8);
  }
}
