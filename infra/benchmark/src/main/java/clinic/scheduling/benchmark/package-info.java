/** Measures slot lookup and booking and holds them to their figures. */
@NullMarked
package clinic.scheduling.benchmark;

import org.jspecify.annotations.NullMarked;
