/** The requests of callers, their rate limits, and their idempotency. */
@NullMarked
package clinic.scheduling.booking.request;

import org.jspecify.annotations.NullMarked;
