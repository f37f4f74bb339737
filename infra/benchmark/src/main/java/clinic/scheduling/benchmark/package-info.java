/** Measures the packaged system, and compares the figures with their limits. */
@NullMarked
package clinic.scheduling.benchmark;

import org.jspecify.annotations.NullMarked;
