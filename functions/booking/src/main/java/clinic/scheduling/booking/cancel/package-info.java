/** Cancels visits: {@code POST /appointments/{id}/cancellation}. */
@NullMarked
package clinic.scheduling.booking.cancel;

import org.jspecify.annotations.NullMarked;
