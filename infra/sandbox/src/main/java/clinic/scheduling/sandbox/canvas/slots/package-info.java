/** The times that are open, minus those that are taken. */
@NullMarked
package clinic.scheduling.sandbox.canvas.slots;

import org.jspecify.annotations.NullMarked;
