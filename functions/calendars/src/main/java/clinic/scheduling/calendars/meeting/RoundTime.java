package clinic.scheduling.calendars.meeting;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.Deadline;
import java.time.Clock;
import java.time.Duration;

/** Keeps a round within {@link MeetingSource#LONGEST_ROUND}. A source makes one for each round. */
public final class RoundTime {
  private final Deadline deadline;

  public RoundTime(Clock clock) {
    this.deadline = Deadline.in(MeetingSource.LONGEST_ROUND, clock);
  }

  /**
   * A source calls this before each request.
   *
   * @throws UnusableRoundException if no further request of this round may begin
   */
  public void requireTimeForRequest() {
    if (!deadline.leaves(Duration.ZERO)) {
      throw new UnusableRoundException(CalendarOutcome.Busy.notVisibleYet(), "too-long");
    }
  }
}
