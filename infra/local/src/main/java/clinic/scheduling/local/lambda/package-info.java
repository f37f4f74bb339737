/** The Lambda runtime API, and the processes that use it. */
@NullMarked
package clinic.scheduling.local.lambda;

import org.jspecify.annotations.NullMarked;
