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
 * @param fewMessages of so many visits of a clinician patients may always be told what they have
 *     not heard
 * @param mostMessages of more than so many they are not told by themselves
 * @param mostMessagesPercent nor of a larger part of the visits that are looked at
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
