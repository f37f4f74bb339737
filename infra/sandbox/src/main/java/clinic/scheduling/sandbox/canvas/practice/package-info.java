/** Who works where, and the resources that say so. */
@NullMarked
package clinic.scheduling.sandbox.canvas.practice;

import org.jspecify.annotations.NullMarked;
