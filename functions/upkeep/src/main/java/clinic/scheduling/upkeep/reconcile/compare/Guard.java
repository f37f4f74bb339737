package clinic.scheduling.upkeep.reconcile.compare;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import java.util.List;

/**
 * Stops a run that would do too much at once for one clinician. A wrong answer of Canvas, or a
 * mistyped address in the practice document, must not empty a calendar. The loss of the table must
 * not lead to messages to all patients.
 *
 * @param few up to this many are always allowed
 * @param most more than this many are never allowed
 * @param mostPercent the largest part of all that is allowed
 */
public record Guard(int few, int most, int mostPercent) {

  /**
   * Whether the repairs of these discrepancies would remove too many entries.
   *
   * @param actual the number of entries in the calendars that were listed. Entries that the ledger
   *     tracks in other calendars are counted besides
   */
  public boolean removesTooMany(List<Discrepancy> discrepancies, int actual) {
    long removals = discrepancies.stream().filter(Discrepancy::isRemoval).count();
    long leftBehind = discrepancies.stream().filter(it -> it.kind() == Kind.LEFT_BEHIND).count();
    return isTooMany(removals, actual + leftBehind);
  }

  /** Whether {@code some} out of {@code all} are too many at once. */
  public boolean isTooMany(long some, long all) {
    return some > few && (some > most || some * 100 > mostPercent * all);
  }
}
