/** Slots: open hours without busy times. */
@NullMarked
package clinic.scheduling.sandbox.canvas.slots;

import org.jspecify.annotations.NullMarked;
