/**
 * When a visit can take place: sets of time, local hours, and the rules of visit types. Pure
 * functions.
 */
@NullMarked
package clinic.scheduling.core.free;

import org.jspecify.annotations.NullMarked;
