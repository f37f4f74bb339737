package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;

/**
 * Limits of reconciliation between Canvas and calendars (docs/decisions/0015).
 *
 * @param daysBack how many local days before today are compared
 * @param daysAhead how many local days after today are compared; 0 means as far ahead as visits can
 *     be booked
 * @param fewRemovals up to this many entries of a clinician may always be removed
 * @param mostRemovals more entries of a clinician than this are removed only if a person decides so
 * @param mostRemovalsPercent more than this percentage of the clinician's existing entries is
 *     removed only if a person decides so; this does not apply to {@code fewRemovals} entries or
 *     fewer
 * @param fewMessages for up to this many visits of a clinician, patients may always be told about
 *     changes that they have not been told yet
 * @param mostMessages for more visits of a clinician than this, patients are told only if a person
 *     decides so
 * @param mostMessagesPercent for more than this percentage of the compared visits, patients are
 *     told only if a person decides so; this does not apply to {@code fewMessages} visits or fewer
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
  static final Reconciliation DEFAULT = new Reconciliation(1, 0, 5, 20, 25, 5, 20, 25);

  static Reconciliation read(Fields fields) {
    Reconciliation read =
        new Reconciliation(
            fields.integer("daysBack", 0, 31, DEFAULT.daysBack),
            fields.integer("daysAhead", 1, 366, DEFAULT.daysAhead),
            fields.integer("fewRemovals", 0, 1000, DEFAULT.fewRemovals),
            fields.integer("mostRemovals", 0, 10_000, DEFAULT.mostRemovals),
            fields.integer("mostRemovalsPercent", 0, 100, DEFAULT.mostRemovalsPercent),
            fields.integer("fewMessages", 0, 1000, DEFAULT.fewMessages),
            fields.integer("mostMessages", 0, 10_000, DEFAULT.mostMessages),
            fields.integer("mostMessagesPercent", 0, 100, DEFAULT.mostMessagesPercent));
    fields.end();
    return read;
  }
}
