/** Measures the slot lookup and holds it to its figures. */
@NullMarked
package clinic.scheduling.benchmark;

import org.jspecify.annotations.NullMarked;
