/** The packaged functions and everything around them, and how it is driven. */
@NullMarked
package clinic.scheduling.benchmark.clinic;

import org.jspecify.annotations.NullMarked;
