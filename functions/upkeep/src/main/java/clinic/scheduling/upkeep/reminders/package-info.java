/** Finds the reminders that are due, and requests their messages. */
@NullMarked
package clinic.scheduling.upkeep.reminders;

import org.jspecify.annotations.NullMarked;
