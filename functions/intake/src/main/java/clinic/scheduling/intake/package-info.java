/** Receives Canvas's notices at {@code POST /webhooks/canvas}, and queues them. */
@NullMarked
package clinic.scheduling.intake;

import org.jspecify.annotations.NullMarked;
