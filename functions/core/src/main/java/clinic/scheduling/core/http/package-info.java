/** From an API Gateway event to a typed request, and back to an answer or a problem. */
@NullMarked
package clinic.scheduling.core.http;

import org.jspecify.annotations.NullMarked;
