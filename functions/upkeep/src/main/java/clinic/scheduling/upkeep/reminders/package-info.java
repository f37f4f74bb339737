/** Reminders that are due: found in Canvas, ordered from the function that writes to patients. */
@NullMarked
package clinic.scheduling.upkeep.reminders;

import org.jspecify.annotations.NullMarked;
