package clinic.scheduling.booking.request;

import java.time.Duration;

/**
 * How the 28 s that a call may take are used, so that the caller gets an answer however slow the
 * others are. When they run out the answer is 503, and a repeat goes on from there.
 */
public final class CallTimes {
  /** No call to Canvas begins later; each takes 7 s at most. */
  public static final Duration CANVAS_WITHIN = Duration.ofSeconds(19);

  /** Calls to the table and the queue are given up then, too. */
  public static final Duration ALL_WITHIN = Duration.ofSeconds(27);

  /** What has to be left when a write to Canvas begins: for it, and for a search if it fails. */
  public static final Duration WRITE_AND_SEARCH = Duration.ofSeconds(7);

  private CallTimes() {}
}
