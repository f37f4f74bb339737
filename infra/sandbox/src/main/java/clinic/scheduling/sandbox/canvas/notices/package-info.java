/** How the Canvas stand-in tells subscribers of changes, with every fault such a channel has. */
@NullMarked
package clinic.scheduling.sandbox.canvas.notices;

import org.jspecify.annotations.NullMarked;
