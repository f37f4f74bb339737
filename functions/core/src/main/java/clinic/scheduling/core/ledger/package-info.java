/** What was claimed and done, in one table, by conditional writes. */
@NullMarked
package clinic.scheduling.core.ledger;

import org.jspecify.annotations.NullMarked;
