/** The notices that the Canvas stand-in sends to subscribers, and the faults of such a channel. */
@NullMarked
package clinic.scheduling.sandbox.canvas.notices;

import org.jspecify.annotations.NullMarked;
