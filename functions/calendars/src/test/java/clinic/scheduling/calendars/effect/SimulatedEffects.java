package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendaraccess.MailboxPauses;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.wiring.Settings;
import java.time.Clock;
import java.time.Duration;

/** The real classes that change and list entries, on given ports, for the simulation. */
public record SimulatedEffects(EffectRunner effects, EntryLists lists, UntrackedEntries untracked) {

  public static SimulatedEffects on(
      Rows rows, Calendars calendars, SignedTokens tokens, Clock clock, int leaseSeconds) {
    Settings.Lease lease = () -> Duration.ofSeconds(leaseSeconds);
    MailboxLimiter limiter = new MailboxLimiter(rows, new MailboxPauses(rows, clock), clock, lease);
    EffectRunner effects =
        new EffectRunner(
            rows,
            new MailboxAddresses(rows, clock),
            limiter,
            new EntryIds(rows, clock),
            calendars,
            tokens,
            clock,
            lease);
    return new SimulatedEffects(
        effects,
        new EntryLists(limiter, calendars),
        new UntrackedEntries(limiter, calendars, rows, clock));
  }
}
