/** What a stand-in for Canvas holds at the start, and how it is told to behave. */
@NullMarked
package clinic.scheduling.sandbox.canvas;

import org.jspecify.annotations.NullMarked;
