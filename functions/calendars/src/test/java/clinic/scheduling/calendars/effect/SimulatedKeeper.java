package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.wiring.Settings;
import java.time.Clock;
import java.time.Duration;

/** The real keeper of entries, and what looks at them, on given ports, for the simulation. */
public record SimulatedKeeper(EffectRunner keeper, EntryLists lists, UntrackedEntries strays) {

  public static SimulatedKeeper on(
      Rows rows, Calendars calendars, SignedTokens tokens, Clock clock, int leaseSeconds) {
    Settings.Lease lease = () -> Duration.ofSeconds(leaseSeconds);
    MailboxLimiter door = new MailboxLimiter(rows, clock, lease);
    EffectRunner keeper =
        new EffectRunner(
            rows,
            new Mailboxes(rows, clock),
            door,
            new MailboxDenials(rows, clock),
            calendars,
            tokens,
            clock,
            lease);
    return new SimulatedKeeper(
        keeper,
        new EntryLists(door, calendars),
        new UntrackedEntries(door, calendars, rows, clock));
  }
}
