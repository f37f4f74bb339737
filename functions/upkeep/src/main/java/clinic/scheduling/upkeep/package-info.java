/** Tasks that run on a schedule, and on demand. */
@NullMarked
package clinic.scheduling.upkeep;

import org.jspecify.annotations.NullMarked;
