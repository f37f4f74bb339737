package clinic.scheduling.booking.request;

import java.time.Duration;

/**
 * Divides the time that this function has for one request. The function's time-out is 28 s, and API
 * Gateway gives up after 30 s (docs/facts/aws.md 1). With these limits the caller gets an answer in
 * time, however slow Canvas and AWS are. When the time runs out, the answer is 503, and a repeat of
 * the request continues from there.
 */
public final class CallTimes {
  /** No call to Canvas begins later than this after the request. Each call takes 7 s at most. */
  public static final Duration LAST_CANVAS_CALL = Duration.ofSeconds(19);

  /** Calls to the table and the queue are given up this long after the request. */
  public static final Duration LAST_CALL_END = Duration.ofSeconds(27);

  /**
   * A write to Canvas begins only if at least this much time is left before {@link
   * #LAST_CANVAS_CALL}. The write takes no longer than this. So if it fails, we can still begin a
   * search for what it has done.
   */
  public static final Duration WRITE_AND_SEARCH = Duration.ofSeconds(7);

  private CallTimes() {}
}
