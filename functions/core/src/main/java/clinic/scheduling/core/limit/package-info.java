/** Rate limits, counted over all processes. */
@NullMarked
package clinic.scheduling.core.limit;

import org.jspecify.annotations.NullMarked;
