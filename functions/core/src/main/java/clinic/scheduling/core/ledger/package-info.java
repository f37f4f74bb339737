/** The table with its versioned rows, and the ledger of effects in it. */
@NullMarked
package clinic.scheduling.core.ledger;

import org.jspecify.annotations.NullMarked;
