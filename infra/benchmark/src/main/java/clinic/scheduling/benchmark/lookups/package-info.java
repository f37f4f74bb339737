/** The time and the memory that a lookup of free times takes. */
@NullMarked
package clinic.scheduling.benchmark.lookups;

import org.jspecify.annotations.NullMarked;
