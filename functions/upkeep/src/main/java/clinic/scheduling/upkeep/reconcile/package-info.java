/** Canvas, the ledger and what really is in the calendars: told apart, and put right. */
@NullMarked
package clinic.scheduling.upkeep.reconcile;

import org.jspecify.annotations.NullMarked;
