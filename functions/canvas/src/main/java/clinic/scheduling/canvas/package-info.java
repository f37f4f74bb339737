/** What this system asks of Canvas, and what Canvas may answer. */
@NullMarked
package clinic.scheduling.canvas;

import org.jspecify.annotations.NullMarked;
