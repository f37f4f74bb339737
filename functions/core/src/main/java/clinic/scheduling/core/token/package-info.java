/** Signed values that travel through other people's hands. */
@NullMarked
package clinic.scheduling.core.token;

import org.jspecify.annotations.NullMarked;
