/** Keeps watches on calendars open, and polls the calendars. */
@NullMarked
package clinic.scheduling.upkeep.watch;

import org.jspecify.annotations.NullMarked;
