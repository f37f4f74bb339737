/** Signed tokens that we hand out, and access tokens that others issue to us. */
@NullMarked
package clinic.scheduling.core.token;

import org.jspecify.annotations.NullMarked;
