/** A small function of our own, packaged and run as the real ones are. */
@NullMarked
package clinic.scheduling.local.testing;

import org.jspecify.annotations.NullMarked;
