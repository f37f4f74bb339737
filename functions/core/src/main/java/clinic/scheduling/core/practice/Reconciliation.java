package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;

/**
 * How calendars are reconciled with Canvas.
 *
 * @param daysBack local days before today that are looked at
 * @param daysAhead local days after today; 0 means as far ahead as anything can be booked
 * @param fewRemovals so many entries of a clinician may always be taken away
 * @param mostRemovals more than so many are not taken away by themselves
 * @param mostRemovalsPercent nor is a larger part of the entries that stand
 */
public record Reconciliation(
    int daysBack, int daysAhead, int fewRemovals, int mostRemovals, int mostRemovalsPercent) {
  static final Reconciliation USUAL = new Reconciliation(1, 0, 5, 20, 25);

  static Reconciliation read(Fields fields) {
    Reconciliation read =
        new Reconciliation(
            fields.integer("daysBack", 0, 31, USUAL.daysBack),
            fields.integer("daysAhead", 1, 366, USUAL.daysAhead),
            fields.integer("fewRemovals", 0, 1000, USUAL.fewRemovals),
            fields.integer("mostRemovals", 0, 10_000, USUAL.mostRemovals),
            fields.integer("mostRemovalsPercent", 0, 100, USUAL.mostRemovalsPercent));
    fields.end();
    return read;
  }
}
