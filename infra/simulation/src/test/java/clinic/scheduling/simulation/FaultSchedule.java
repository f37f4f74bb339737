package clinic.scheduling.simulation;

/**
 * When faults occur and how often: from the first change to the last, with two outages in between,
 * and none afterwards. Times are milliseconds from the start of the run.
 */
final class FaultSchedule {
  static final long HOUR = 3_600_000;
  static final long MINUTE = 60_000;

  /** The end of the changes. */
  static final long DAY_ENDS = 4 * HOUR;

  /** The end of the deliveries of notices, and of all faults. */
  static final long CLEAR = DAY_ENDS + 30 * MINUTE;

  /** The time when Outlook is throttled and many changes happen. */
  static final long THROTTLE_BEGINS = HOUR;

  static final long THROTTLE_ENDS = THROTTLE_BEGINS + 6 * MINUTE;

  /** The time when Canvas does not answer. */
  static final long OUTAGE_BEGINS = 2 * HOUR;

  static final long OUTAGE_ENDS = OUTAGE_BEGINS + 3 * MINUTE;

  /** How long the consequences of an outage last after it. */
  private static final long AFTERMATH = 20 * MINUTE;

  private final long start;
  private final Timeline time;

  FaultSchedule(long start, Timeline time) {
    this.start = start;
    this.time = time;
  }

  private long since() {
    return time.now() - start;
  }

  boolean isClear() {
    return since() >= CLEAR;
  }

  boolean throttlesOutlook() {
    return since() >= THROTTLE_BEGINS && since() < THROTTLE_ENDS;
  }

  boolean canvasIsOut() {
    return since() >= OUTAGE_BEGINS && since() < OUTAGE_ENDS;
  }

  /** Whether a time is in an outage or in its consequences. */
  boolean isStorm(long at) {
    long then = at - start;
    return (then >= THROTTLE_BEGINS && then < THROTTLE_ENDS + AFTERMATH)
        || (then >= OUTAGE_BEGINS && then < OUTAGE_ENDS + AFTERMATH);
  }
}
