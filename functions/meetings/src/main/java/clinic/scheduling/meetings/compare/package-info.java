/** Compares meetings, blocks and the table, for the reconciliation. */
@NullMarked
package clinic.scheduling.meetings.compare;

import org.jspecify.annotations.NullMarked;
