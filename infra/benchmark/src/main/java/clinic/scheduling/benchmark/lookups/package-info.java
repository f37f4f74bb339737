/** How long looking for free times takes, and how much memory. */
@NullMarked
package clinic.scheduling.benchmark.lookups;

import org.jspecify.annotations.NullMarked;
