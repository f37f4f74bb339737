/** {@code /appointments}: booking, reading and cancelling a visit. */
@NullMarked
package clinic.scheduling.booking;

import org.jspecify.annotations.NullMarked;
