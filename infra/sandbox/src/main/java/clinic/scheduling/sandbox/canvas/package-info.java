/** The initial data of the stand-in for Canvas, and the switches of its behaviour. */
@NullMarked
package clinic.scheduling.sandbox.canvas;

import org.jspecify.annotations.NullMarked;
