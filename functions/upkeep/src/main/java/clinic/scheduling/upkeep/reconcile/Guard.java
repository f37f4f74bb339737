package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.upkeep.reconcile.Finding.Kind;
import java.util.List;

/**
 * Keeps a wrong answer of Canvas, or an address that is mistyped in the practice document, from
 * emptying a calendar.
 *
 * @param few so many entries may always go
 * @param most more than so many never go by themselves
 * @param mostPercent nor does a larger part of what stands
 */
record Guard(int few, int most, int mostPercent) {

  /**
   * Whether these findings would take away too much of what stands.
   *
   * @param standing in the calendars that were looked into; what the ledger knows to have been left
   *     behind in others stands besides
   */
  boolean stops(List<Finding> findings, int standing) {
    long going = findings.stream().filter(Finding::takesAway).count();
    long leftBehind = findings.stream().filter(it -> it.kind() == Kind.LEFT_BEHIND).count();
    long there = standing + leftBehind;
    return going > few && (going > most || going * 100 > mostPercent * there);
  }
}
