package clinic.scheduling.upkeep.reconcile.compare;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that is not as it should be, and its repair. The certificate and the log name the kind
 * and the repair. docs/runbook.md explains these names.
 *
 * @param entry the entry in the calendar that is wrong, if there is one
 */
public record Discrepancy(Kind kind, EntryKey key, Repair repair, Optional<Snapshot.Actual> entry) {

  /** What is wrong. */
  public enum Kind {
    /** An expected entry is not in its calendar. */
    MISSING,
    /** The content of an entry is not the expected content. */
    DIFFERS,
    /** An entry is in a calendar in which its visit should not have one. */
    MISPLACED,
    /** Canvas does not know the visit of an entry. */
    ORPHANED,
    /** A visit has a second entry in one calendar. */
    DUPLICATE,
    /**
     * The ledger does not track the entry that the calendar shows, or the last change in its row is
     * not settled.
     */
    UNKNOWN_TO_LEDGER,
    /** The ledger tracks an entry in a calendar where none is expected. */
    LEFT_BEHIND,
    /** The patient has not been told of a change. The calendars may be right. */
    UNTOLD,
    /** Canvas has one booking of ours twice, and its patient knows of the other appointment. */
    TWICE_BOOKED
  }

  /** What is done about it. */
  public enum Repair {
    /** Send a change notice, so that SyncCalendars looks at the visit and corrects its entries. */
    HINT,
    /** Record the entry in the ledger, then send a change notice. */
    ADOPT,
    /**
     * Remove the entry in this function. The ledger does not track the entry, so SyncCalendars
     * would not remove it.
     */
    REMOVE,
    /** Cancel the appointment in Canvas, then send a change notice. */
    CANCEL
  }

  /** Whether the repair removes an entry or cancels a visit, here or in SyncCalendars. */
  public boolean isRemoval() {
    return switch (kind) {
      case MISPLACED, ORPHANED, DUPLICATE, LEFT_BEHIND, TWICE_BOOKED -> true;
      case MISSING, DIFFERS, UNKNOWN_TO_LEDGER, UNTOLD -> false;
    };
  }

  /** The kind as logs and certificates write it: {@code left-behind}. */
  public String kindWord() {
    return word(kind);
  }

  /** The repair as logs and certificates write it. */
  public String repairWord() {
    return word(repair);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
