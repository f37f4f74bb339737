/** Promises of the repository as a whole, kept by reading its files. */
@NullMarked
package clinic.scheduling.checks;

import org.jspecify.annotations.NullMarked;
