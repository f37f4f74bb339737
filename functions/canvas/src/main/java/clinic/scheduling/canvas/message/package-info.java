/** Whether a patient has to be told something about a visit. */
@NullMarked
package clinic.scheduling.canvas.message;

import org.jspecify.annotations.NullMarked;
