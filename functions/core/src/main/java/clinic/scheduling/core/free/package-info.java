/** When a visit can be: sets of time, the clock on the wall, and the rules of visit types. Pure. */
@NullMarked
package clinic.scheduling.core.free;

import org.jspecify.annotations.NullMarked;
