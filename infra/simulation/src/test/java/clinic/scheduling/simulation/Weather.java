package clinic.scheduling.simulation;

/**
 * How bad it is, and when: trouble from the first change to the last, two storms in between, and a
 * clear sky afterwards. Times are milliseconds from the start of the run.
 */
final class Weather {
  static final long HOUR = 3_600_000;
  static final long MINUTE = 60_000;

  /** Changes are made until then. */
  static final long DAY_ENDS = 4 * HOUR;

  /** Notices are delivered until then, at the latest; then nothing goes wrong any more. */
  static final long CLEAR = DAY_ENDS + 30 * MINUTE;

  /** Outlook is throttled and many changes come at once. */
  static final long THROTTLE_BEGINS = HOUR;

  static final long THROTTLE_ENDS = THROTTLE_BEGINS + 6 * MINUTE;

  /** Canvas does not answer. */
  static final long OUTAGE_BEGINS = 2 * HOUR;

  static final long OUTAGE_ENDS = OUTAGE_BEGINS + 3 * MINUTE;

  /** How long a storm is felt. */
  private static final long AFTERMATH = 20 * MINUTE;

  private final long start;
  private final Timeline time;

  Weather(long start, Timeline time) {
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

  /** Whether what came at that time of the day came in a storm, or in what it left behind. */
  boolean isStorm(long at) {
    long then = at - start;
    return (then >= THROTTLE_BEGINS && then < THROTTLE_ENDS + AFTERMATH)
        || (then >= OUTAGE_BEGINS && then < OUTAGE_ENDS + AFTERMATH);
  }
}
