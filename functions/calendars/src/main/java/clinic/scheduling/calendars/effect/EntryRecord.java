package clinic.scheduling.calendars.effect;

import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger knows of one visit in one calendar.
 *
 * @param binding the key of the calendar
 * @param row as it was read; never written if the ledger knows nothing
 */
public record EntryRecord(String root, String binding, Row row) {

  /** The ledger knows nothing of it. */
  public static EntryRecord nothing(String root, String binding) {
    return new EntryRecord(root, binding, Row.fresh(key(root, binding), Instant.MAX, Map.of()));
  }

  static RowKey key(String root, String binding) {
    return RowKey.ofVisit(root, EffectRunner.ROW + binding);
  }

  /** Empty for a row about something else than a calendar. */
  static Optional<EntryRecord> of(String root, Row row) {
    String sort = row.key().sort();
    return sort.startsWith(EffectRunner.ROW)
        ? Optional.of(new EntryRecord(root, sort.substring(EffectRunner.ROW.length()), row))
        : Optional.empty();
  }

  /**
   * The provider's id of the entry that stands there, as far as the ledger knows; empty if none.
   */
  public String externalId() {
    return Entry.of(row).external();
  }

  /** Whether a worker is changing it just now. */
  public boolean isBusy(Instant now) {
    Entry entry = Entry.of(row);
    return entry.state() == Entry.State.CLAIMED && entry.leaseUntil().isAfter(now);
  }

  /** Whether the last worker came to an end there. */
  public boolean isSettled() {
    Entry.State state = Entry.of(row).state();
    return state == Entry.State.DONE || state == Entry.State.OPEN;
  }
}
