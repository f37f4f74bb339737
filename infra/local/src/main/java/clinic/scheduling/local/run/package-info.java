/** Starts the whole system on one machine, and stops it. */
@NullMarked
package clinic.scheduling.local.run;

import org.jspecify.annotations.NullMarked;
