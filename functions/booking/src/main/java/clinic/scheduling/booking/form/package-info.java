/** Holds a time while a patient fills in the form. */
@NullMarked
package clinic.scheduling.booking.form;

import org.jspecify.annotations.NullMarked;
