package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendaraccess.MailboxPauses;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The real class that reads meetings within the limits, on given ports, for the simulation. */
public final class SimulatedRounds {
  private SimulatedRounds() {}

  public static MeetingRounds on(
      Rows rows, List<MeetingSource> sources, Clock clock, int leaseSeconds) {
    MailboxLimiter limiter =
        new MailboxLimiter(
            rows, new MailboxPauses(rows, clock), clock, () -> Duration.ofSeconds(leaseSeconds));
    return new MeetingRounds(limiter, new EntryIds(rows, clock), sources);
  }
}
