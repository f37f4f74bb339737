/** Books visits: {@code POST /appointments}. */
@NullMarked
package clinic.scheduling.booking.create;

import org.jspecify.annotations.NullMarked;
