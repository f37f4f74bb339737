package clinic.scheduling.mirror;

import java.util.Set;

/**
 * The guards that stop a calendar, by the words that rows and log lines have for them.
 *
 * <p>{@code removals} and {@code too-many} end by themselves when a round is as usual again, since
 * nothing of the rounds before was stored. The others last until a person forces the calendar.
 */
final class Stops {
  /** A round would take too many meetings away. */
  static final String REMOVALS = "removals";

  /** The calendar or one series has more instances than we read. */
  static final String TOO_MANY = "too-many";

  /** Too many blocks were created within an hour. */
  static final String STORM = "storm";

  /** One block was created and removed again and again. */
  static final String LOOP = "loop";

  /** Canvas refuses the event type. */
  static final String EVENT_TYPE = "event-type";

  private static final Set<String> LASTING = Set.of(STORM, LOOP, EVENT_TYPE);

  private Stops() {}

  static boolean lasts(String guard) {
    return LASTING.contains(guard);
  }
}
