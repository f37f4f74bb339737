/** A visit as Canvas has it: reading it, holding its time, and saying how it stands. */
@NullMarked
package clinic.scheduling.booking.visit;

import org.jspecify.annotations.NullMarked;
