package clinic.scheduling.booking.request;

import java.time.Duration;

/**
 * Divides the 28 s of one call, which API Gateway ends after 30 s (docs/facts/aws.md 1), so that
 * the caller gets an answer however slow Canvas and AWS are. When the time runs out, the answer is
 * 503, and a repeat goes on from there.
 */
public final class CallTimes {
  /** No call to Canvas begins later than this. Each takes 7 s at most. */
  public static final Duration LAST_CANVAS_CALL = Duration.ofSeconds(19);

  /** Calls to the table and the queue are given up at this time. */
  public static final Duration LAST_CALL_END = Duration.ofSeconds(27);

  /**
   * A write to Canvas begins only if this much time is left before the last call may begin. The
   * write takes no longer, so a search can still follow if it fails.
   */
  public static final Duration WRITE_AND_SEARCH = Duration.ofSeconds(7);

  private CallTimes() {}
}
