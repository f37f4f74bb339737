package clinic.scheduling.upkeep.reconcile;

import java.util.List;

/**
 * Keeps a wrong answer of Canvas from emptying a calendar.
 *
 * @param few so many entries may always go
 * @param most more than so many never go by themselves
 * @param mostPercent nor does a larger part of what stands
 */
record Guard(int few, int most, int mostPercent) {

  /** Whether these findings would take away too much of what stands. */
  boolean stops(List<Finding> findings, int standing) {
    long going = findings.stream().filter(Finding::takesAway).count();
    return going > few && (going > most || going * 100 > (long) mostPercent * standing);
  }
}
