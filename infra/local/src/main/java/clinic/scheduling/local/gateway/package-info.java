/** An API Gateway HTTP API in front of the functions. */
@NullMarked
package clinic.scheduling.local.gateway;

import org.jspecify.annotations.NullMarked;
