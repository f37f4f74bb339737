package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.upkeep.reconcile.Discrepancy.Kind;
import java.util.List;

/**
 * Keeps a wrong answer of Canvas, or an address that is mistyped in the practice document, from
 * emptying a calendar; and keeps a loss of ours from writing to all patients of a clinician.
 *
 * @param few so many may always be done
 * @param most more than so many are never done by themselves
 * @param mostPercent nor is a larger part of what there is
 */
record Guard(int few, int most, int mostPercent) {

  /**
   * Whether these findings would take away too much of what stands.
   *
   * @param standing in the calendars that were looked into; what the ledger knows to have been left
   *     behind in others stands besides
   */
  boolean stops(List<Discrepancy> findings, int standing) {
    long going = findings.stream().filter(Discrepancy::takesAway).count();
    long leftBehind = findings.stream().filter(it -> it.kind() == Kind.LEFT_BEHIND).count();
    return isTooMuch(going, standing + leftBehind);
  }

  /** Whether so many of all that there are would be too many at once. */
  boolean isTooMuch(long some, long all) {
    return some > few && (some > most || some * 100 > mostPercent * all);
  }
}
