/** Requests from API Gateway, responses to it, and problems (RFC 9457). */
@NullMarked
package clinic.scheduling.core.http;

import org.jspecify.annotations.NullMarked;
