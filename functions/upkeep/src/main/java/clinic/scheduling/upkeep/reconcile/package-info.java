/** Reconciliation: compares Canvas, the ledger and the calendars, and repairs what is wrong. */
@NullMarked
package clinic.scheduling.upkeep.reconcile;

import org.jspecify.annotations.NullMarked;
