package clinic.scheduling.calendars.keep;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Clock;

/** The real keeper of entries, and what looks at them, on given ports, for the simulation. */
public record SimulatedKeeper(EntryKeeper keeper, EntryLists lists, Strays strays) {

  public static SimulatedKeeper on(
      Rows rows, Calendars calendars, SignedTokens tokens, Clock clock, int leaseSeconds) {
    MailboxDoor door = new MailboxDoor(rows, clock, leaseSeconds);
    EntryKeeper keeper =
        new EntryKeeper(
            rows,
            new Mailboxes(rows, clock),
            door,
            new Denials(rows, clock),
            calendars,
            tokens,
            clock,
            leaseSeconds);
    return new SimulatedKeeper(
        keeper, new EntryLists(door, calendars), new Strays(door, calendars, rows, clock));
  }
}
