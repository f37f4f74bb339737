package clinic.scheduling.upkeep.reconcile.compare;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import java.util.List;

/**
 * Stops a run that would do too much at once for one clinician. A wrong answer of Canvas, or a
 * mistyped address in the practice document, must not empty a calendar. The loss of the table must
 * not lead to messages to all patients.
 *
 * @param few the number of removals or messages up to which a run is always allowed
 * @param most the number of removals or messages above which a run is never allowed
 * @param mostPercent the largest allowed percentage of all entries or visits
 */
public record Guard(int few, int most, int mostPercent) {

  /**
   * Whether the repairs of these discrepancies would remove too many entries.
   *
   * @param actual the number of entries in the calendars that were listed. Entries that are {@code
   *     LEFT_BEHIND} are counted in addition
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
