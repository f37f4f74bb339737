/** The complete stand-in, and its control interface. */
@NullMarked
package clinic.scheduling.sandbox.canvas.server;

import org.jspecify.annotations.NullMarked;
