package clinic.scheduling.calendars.effect;

import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger's row about one visit in one calendar. While the entry exists, the row holds the
 * provider's id for it and its generation (see {@link clinic.scheduling.calendars.EntryName}).
 * Otherwise the row holds the generation that the next entry will get. If the outcome of the last
 * change is unknown, the row may be out of date, and only the calendar shows whether the entry
 * exists.
 *
 * @param binding the key of the calendar
 * @param row the row as it was read, or a new row if there is none
 */
public record EntryRecord(String root, String binding, Row row) {
  /** Longer than any visit can be booked ahead, so that a cancellation still finds the entry. */
  static final Duration KEPT = Duration.ofDays(400);

  private static final String ROW = "calendar#";

  /**
   * The largest number of calendars that may have or have had an entry of one visit. A larger
   * number is an error.
   */
  private static final int MOST = 1_000;

  /** The record of a visit of which the ledger knows nothing in this calendar. */
  public static EntryRecord nothing(String root, String binding) {
    return new EntryRecord(root, binding, Row.fresh(key(root, binding), Instant.MAX, Map.of()));
  }

  static RowKey key(String root, String binding) {
    return RowKey.ofVisit(root, ROW + binding);
  }

  /** The records of a visit in all calendars where the ledger knows of one. */
  static List<EntryRecord> all(String root, Rows rows) {
    return rows.readStartingWith(key(root, "").partition(), ROW, MOST).stream()
        .map(row -> new EntryRecord(root, row.key().sort().substring(ROW.length()), row))
        .toList();
  }

  /** The record of a visit in one calendar. */
  static Optional<EntryRecord> find(String root, String binding, Rows rows) {
    return rows.read(key(root, binding)).map(row -> new EntryRecord(root, binding, row));
  }

  /** The provider's id of the entry; empty if the ledger has none. */
  public String externalId() {
    return Entry.of(row).external();
  }

  /** Whether a worker is changing the entry at this moment. */
  public boolean isBusy(Instant now) {
    Entry entry = Entry.of(row);
    return entry.state() == Entry.State.CLAIMED && entry.leaseUntil().isAfter(now);
  }

  /** Whether the last worker finished its change. */
  public boolean isSettled() {
    Entry.State state = Entry.of(row).state();
    return state == Entry.State.DONE || state == Entry.State.OPEN;
  }

  /** The fingerprint of the effect that the last worker carried out or tried. */
  String fingerprint() {
    return Entry.of(row).fingerprint();
  }
}
