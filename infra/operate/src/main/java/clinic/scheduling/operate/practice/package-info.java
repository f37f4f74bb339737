/** Checks, compares and stores the practice document. */
@NullMarked
package clinic.scheduling.operate.practice;

import org.jspecify.annotations.NullMarked;
