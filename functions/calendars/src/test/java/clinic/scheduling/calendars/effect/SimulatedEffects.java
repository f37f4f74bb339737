package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Clock;

/** The real classes that change and list entries, on given ports, for the simulation. */
public record SimulatedEffects(EffectRunner effects, EntryLists lists, UntrackedEntries untracked) {

  public static SimulatedEffects on(
      Rows rows, Calendars calendars, SignedTokens tokens, Clock clock, int leaseSeconds) {
    MailboxLimiter limiter = new MailboxLimiter(rows, clock, leaseSeconds);
    EffectRunner effects =
        new EffectRunner(
            rows,
            new MailboxAddresses(rows, clock),
            limiter,
            calendars,
            tokens,
            clock,
            leaseSeconds);
    return new SimulatedEffects(
        effects,
        new EntryLists(limiter, calendars),
        new UntrackedEntries(limiter, calendars, rows, clock));
  }
}
