/** Runs the tasks of RunUpkeep. */
@NullMarked
package clinic.scheduling.operate.upkeep;

import org.jspecify.annotations.NullMarked;
