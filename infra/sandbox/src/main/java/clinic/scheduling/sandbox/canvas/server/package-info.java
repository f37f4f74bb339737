/** The whole stand-in behind its paths, and the control interface beside it. */
@NullMarked
package clinic.scheduling.sandbox.canvas.server;

import org.jspecify.annotations.NullMarked;
