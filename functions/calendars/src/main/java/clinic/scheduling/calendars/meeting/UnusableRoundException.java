package clinic.scheduling.calendars.meeting;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.Log;

/**
 * Thrown within a source of meetings if a round cannot be used. The source returns {@link
 * #toRound()}.
 */
public final class UnusableRoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Log LOG = Log.of(UnusableRoundException.class);

  private final transient CalendarOutcome.Failure why;
  private final String reason;

  /**
   * @param reason what is wrong, in one word, for the log
   */
  public UnusableRoundException(CalendarOutcome.Failure why, String reason) {
    super("a round that cannot be used: " + reason);
    this.why = why;
    this.reason = reason;
  }

  /** An answer that does not have the form that the provider describes. */
  public static UnusableRoundException malformed(String reason) {
    return new UnusableRoundException(new CalendarOutcome.Refused(reason), reason);
  }

  /** The round without a result. */
  public MeetingRound toRound() {
    LOG.warn("round-not-used", "why", reason);
    return new MeetingRound.Unreadable(why);
  }
}
