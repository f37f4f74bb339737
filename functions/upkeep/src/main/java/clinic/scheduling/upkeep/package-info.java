/** What is done by the clock, and on demand. */
@NullMarked
package clinic.scheduling.upkeep;

import org.jspecify.annotations.NullMarked;
