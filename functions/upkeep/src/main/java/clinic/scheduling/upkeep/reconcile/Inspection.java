package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.effect.EntryRecord;
import clinic.scheduling.upkeep.reconcile.compare.Comparison;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.EntryKey;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a run has read about one clinician in a window. Pure.
 *
 * @param unread the keys of the calendars that could not be read, each with the reason
 * @param ledger the rows of the ledger, as they were before the calendars were listed
 * @param untold one discrepancy for each visit whose patient has not been told its current state
 * @param silent changes to record without telling the patients
 * @param duplicates bookings that Canvas has twice
 */
record Inspection(
    Snapshot snapshot,
    Map<String, String> unread,
    Map<EntryKey, EntryRecord> ledger,
    List<Discrepancy> untold,
    List<UnsentChanges.SilentChange> silent,
    List<Discrepancy> duplicates) {

  /** The visits for which a change notice would lead to a message to the patient. */
  Set<String> untoldVisits() {
    return untold.stream().map(it -> it.key().visit()).collect(Collectors.toSet());
  }

  /**
   * All discrepancies. A visit is not listed as {@code UNTOLD} if it gets a notice for another
   * discrepancy, or if a worker is changing one of its entries at this moment.
   */
  List<Discrepancy> discrepancies() {
    List<Discrepancy> found =
        Stream.concat(Comparison.of(snapshot).stream(), duplicates.stream()).toList();
    Set<String> handled =
        Stream.concat(
                found.stream()
                    .filter(it -> it.repair() != Discrepancy.Repair.REMOVE)
                    .map(Discrepancy::key),
                snapshot.tracked().stream()
                    .filter(Snapshot.Tracked::busy)
                    .map(Snapshot.Tracked::key))
            .map(EntryKey::visit)
            .collect(Collectors.toSet());
    return Stream.concat(
            found.stream(), untold.stream().filter(it -> !handled.contains(it.key().visit())))
        .toList();
  }

  /**
   * Only the discrepancies of entries that exist or that the ledger knows. So no repair creates an
   * entry in a calendar that never had one for the visit.
   */
  List<Discrepancy> discrepanciesOfExisting() {
    return discrepancies().stream()
        .filter(
            it ->
                switch (it.kind()) {
                  case MISSING -> ledger.containsKey(it.key());
                  case UNTOLD, TWICE_BOOKED -> false;
                  case DIFFERS, MISPLACED, ORPHANED, DUPLICATE, UNKNOWN_TO_LEDGER, LEFT_BEHIND ->
                      true;
                })
        .toList();
  }
}
