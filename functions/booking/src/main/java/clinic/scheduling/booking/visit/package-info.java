/** Visits in Canvas: reading them, holding their times, and describing their state. */
@NullMarked
package clinic.scheduling.booking.visit;

import org.jspecify.annotations.NullMarked;
