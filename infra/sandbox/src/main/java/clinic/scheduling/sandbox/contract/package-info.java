/** Checks requests and answers against the services' own published schemas. */
@NullMarked
package clinic.scheduling.sandbox.contract;

import org.jspecify.annotations.NullMarked;
