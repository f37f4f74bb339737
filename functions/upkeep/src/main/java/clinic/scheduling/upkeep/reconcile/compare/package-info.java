/** Compares what should stand in calendars with what does; pure, without any call. */
@NullMarked
package clinic.scheduling.upkeep.reconcile.compare;

import org.jspecify.annotations.NullMarked;
