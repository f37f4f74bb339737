/** Replies that go wrong on purpose: refused, delayed, cut off or corrupted. */
@NullMarked
package clinic.scheduling.sandbox.canvas.faults;

import org.jspecify.annotations.NullMarked;
