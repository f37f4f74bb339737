/** Appointments, their notes, and what staff do with them. */
@NullMarked
package clinic.scheduling.sandbox.canvas.appointments;

import org.jspecify.annotations.NullMarked;
