package clinic.scheduling.upkeep.reconcile.compare;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import java.util.List;

/**
 * Stops a run that would do too much at once for one clinician. A wrong answer of Canvas, or a
 * mistyped address in the practice document, must not empty a calendar; a lost table must not cause
 * messages to all patients.
 *
 * @param few so many are always allowed
 * @param most more than so many are never allowed
 * @param mostPercent the largest allowed part of all there are
 */
public record Guard(int few, int most, int mostPercent) {

  /**
   * Whether the repairs of these discrepancies would take away too many entries.
   *
   * @param actual the number of entries in the calendars that were listed. Entries that the ledger
   *     tracks in other calendars are counted besides
   */
  public boolean stops(List<Discrepancy> discrepancies, int actual) {
    long removals = discrepancies.stream().filter(Discrepancy::takesAway).count();
    long leftBehind = discrepancies.stream().filter(it -> it.kind() == Kind.LEFT_BEHIND).count();
    return isTooMany(removals, actual + leftBehind);
  }

  /** Whether so many of all there are would be too many at once. */
  public boolean isTooMany(long some, long all) {
    return some > few && (some > most || some * 100 > mostPercent * all);
  }
}
