/** Starts the packaged functions with everything around them, and sends them requests. */
@NullMarked
package clinic.scheduling.benchmark.clinic;

import org.jspecify.annotations.NullMarked;
