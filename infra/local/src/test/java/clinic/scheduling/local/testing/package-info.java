/** A small function for tests, packaged and run as the real functions are. */
@NullMarked
package clinic.scheduling.local.testing;

import org.jspecify.annotations.NullMarked;
