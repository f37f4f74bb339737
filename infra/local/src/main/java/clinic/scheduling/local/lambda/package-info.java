/** The Lambda runtime API and the processes that are fed by it. */
@NullMarked
package clinic.scheduling.local.lambda;

import org.jspecify.annotations.NullMarked;
