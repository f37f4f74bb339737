package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendaraccess.MailboxPauses;
import clinic.scheduling.calendars.subscription.WatchProvider;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The real calls about watches, on given ports. */
public final class SimulatedWatches {
  private SimulatedWatches() {}

  public static WatchCalls on(Rows rows, List<WatchProvider> providers, Clock clock) {
    return new WatchCalls(
        new MailboxLimiter(
            rows, new MailboxPauses(rows, clock), clock, () -> Duration.ofSeconds(330)),
        providers,
        provider -> providers.stream().anyMatch(one -> one.provider() == provider));
  }
}
