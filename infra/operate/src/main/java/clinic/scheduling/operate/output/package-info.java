/** Prints answers as text or JSON, and progress. */
@NullMarked
package clinic.scheduling.operate.output;

import org.jspecify.annotations.NullMarked;
