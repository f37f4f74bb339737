/**
 * Chooses the AWS implementation of each interface to the outside, and reads the shared settings.
 */
@NullMarked
package clinic.scheduling.core.wiring;

import org.jspecify.annotations.NullMarked;
