/** Moves visits: {@code POST /appointments/{id}/reschedule}. */
@NullMarked
package clinic.scheduling.booking.move;

import org.jspecify.annotations.NullMarked;
