package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Entries that stand without the ledger's knowing: what it does know, how it learns of one, and how
 * one is taken away, through the same door as every change.
 */
@Singleton
public final class UntrackedEntries {
  private final MailboxLimiter door;
  private final Calendars calendars;
  private final Rows rows;
  private final Ledger ledger;

  UntrackedEntries(MailboxLimiter door, Calendars calendars, Rows rows, Clock clock) {
    this.door = door;
    this.calendars = calendars;
    this.rows = rows;
    this.ledger = new Ledger(rows, clock, EffectRunner.KEPT);
  }

  /** What the ledger knows of a visit, in whatever calendar. */
  public List<EntryRecord> noted(String root) {
    RowKey first = RowKey.ofVisit(root, EffectRunner.ROW);
    return rows.readStartingWith(first.partition(), first.sort(), EffectRunner.MOST).stream()
        .flatMap(row -> EntryRecord.of(root, row).stream())
        .toList();
  }

  /** What it knows of a visit in one calendar, even if that is nothing. */
  public EntryRecord noted(String root, String binding) {
    return rows.read(EntryRecord.key(root, binding))
        .flatMap(row -> EntryRecord.of(root, row))
        .orElseGet(() -> EntryRecord.nothing(root, binding));
  }

  /**
   * The entry that really stands is the one that the ledger knows from now on; what it says is for
   * the next notice to put right.
   *
   * @param before what the ledger knew before the calendar was looked into
   * @return false, with nothing written, if somebody has been at work since
   */
  public boolean adopt(EntryRecord before, String externalId, int generation) {
    return ledger.correct(before.row(), externalId, generation);
  }

  /** Takes one entry away that a list has shown; {@code Gone} if it is gone. */
  public CalendarOutcome remove(CalendarBinding binding, String externalId) {
    String key = binding.key();
    MailboxLimiter.Permit knock = door.knock(key);
    if (!(knock instanceof MailboxLimiter.Permit.Open inside)) {
      return new CalendarOutcome.TryLater(((MailboxLimiter.Permit.Closed) knock).delay());
    }
    try {
      CalendarOutcome outcome =
          calendars.of(binding.provider()).remove(binding.address(), externalId, false);
      if (outcome instanceof CalendarOutcome.Trouble trouble) {
        trouble.pause().ifPresent(delay -> door.close(key, delay));
      }
      return outcome instanceof CalendarOutcome.NotFound ? new CalendarOutcome.Gone() : outcome;
    } finally {
      door.leave(inside);
    }
  }
}
