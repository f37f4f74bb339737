package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;

/**
 * Limits of reconciliation between Canvas and calendars (docs/decisions/0015).
 *
 * @param daysBack how many local days before today are compared
 * @param daysAhead how many local days after today are compared; 0 means as far ahead as visits can
 *     be booked
 * @param fewRemovals up to this many entries of a clinician may always be removed
 * @param mostRemovals more entries than this are never removed unless a person decides so
 * @param mostRemovalsPercent nor is a larger percentage of the clinician's existing entries
 * @param fewMessages for up to this many visits of a clinician, patients may always be told of
 *     unsent changes
 * @param mostMessages for more visits than this, patients are never told unless a person decides so
 * @param mostMessagesPercent nor for a larger percentage of the compared visits
 */
public record Reconciliation(
    int daysBack,
    int daysAhead,
    int fewRemovals,
    int mostRemovals,
    int mostRemovalsPercent,
    int fewMessages,
    int mostMessages,
    int mostMessagesPercent) {
  static final Reconciliation USUAL = new Reconciliation(1, 0, 5, 20, 25, 5, 20, 25);

  static Reconciliation read(Fields fields) {
    Reconciliation read =
        new Reconciliation(
            fields.integer("daysBack", 0, 31, USUAL.daysBack),
            fields.integer("daysAhead", 1, 366, USUAL.daysAhead),
            fields.integer("fewRemovals", 0, 1000, USUAL.fewRemovals),
            fields.integer("mostRemovals", 0, 10_000, USUAL.mostRemovals),
            fields.integer("mostRemovalsPercent", 0, 100, USUAL.mostRemovalsPercent),
            fields.integer("fewMessages", 0, 1000, USUAL.fewMessages),
            fields.integer("mostMessages", 0, 10_000, USUAL.mostMessages),
            fields.integer("mostMessagesPercent", 0, 100, USUAL.mostMessagesPercent));
    fields.end();
    return read;
  }
}
