package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.CalendarOutcome.Failure;
import clinic.scheduling.calendars.CalendarOutcome.Gone;
import clinic.scheduling.calendars.CalendarOutcome.TryLater;
import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Handles entries that a calendar shows but the ledger does not know. Such an entry is recorded in
 * the ledger, or removed from the calendar. The caller decides which, and can read the ledger's
 * records here. Removals use the same {@link MailboxLimiter} as other changes.
 */
@Singleton
public final class UntrackedEntries {
  private final MailboxLimiter limiter;
  private final Calendars calendars;
  private final Rows rows;
  private final Ledger ledger;

  UntrackedEntries(MailboxLimiter limiter, Calendars calendars, Rows rows, Clock clock) {
    this.limiter = limiter;
    this.calendars = calendars;
    this.rows = rows;
    this.ledger = new Ledger(rows, clock, EntryRecord.KEPT);
  }

  /** What the ledger knows about a visit, in all calendars. */
  public List<EntryRecord> records(String root) {
    return EntryRecord.all(root, rows);
  }

  /**
   * What the ledger knows about a visit in one calendar. If it knows nothing, the record is empty.
   */
  public EntryRecord record(String root, String binding) {
    return EntryRecord.find(root, binding, rows)
        .orElseGet(() -> EntryRecord.nothing(root, binding));
  }

  /**
   * Records in the ledger an entry that a list has shown, as the entry of the visit. The next
   * change notice about the visit corrects the entry's content.
   *
   * @param before the ledger's record, as it was before the calendar was read
   * @return false if a worker has changed the record since then; nothing is written in that case
   */
  public boolean adopt(EntryRecord before, String externalId, int generation) {
    return ledger.correct(before.row(), externalId, generation);
  }

  /**
   * Removes one entry that a list has shown. The outcome is {@code Gone} even if the entry had been
   * removed before.
   */
  public CalendarOutcome remove(CalendarBinding binding, String externalId) {
    return limiter
        .acquire(binding.key())
        .fold(permit -> remove(permit, binding, externalId), later -> new TryLater(later.delay()));
  }

  private CalendarOutcome remove(
      MailboxLimiter.PermitResult.Granted permit, CalendarBinding binding, String externalId) {
    try {
      CalendarOutcome outcome =
          calendars.of(binding.provider()).remove(binding.address(), externalId, false);
      outcome
          .asFailure()
          .flatMap(Failure::pause)
          .ifPresent(delay -> limiter.pause(binding.key(), delay));
      return outcome.isNotFound() ? new Gone() : outcome;
    } finally {
      limiter.release(permit);
    }
  }
}
