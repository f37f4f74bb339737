/** Patients and what is written into their charts. */
@NullMarked
package clinic.scheduling.sandbox.canvas.patients;

import org.jspecify.annotations.NullMarked;
