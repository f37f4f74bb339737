/** How long booking takes. */
@NullMarked
package clinic.scheduling.benchmark.bookings;

import org.jspecify.annotations.NullMarked;
