/** {@code POST /webhooks/canvas}: verify, remember, queue, answer. */
@NullMarked
package clinic.scheduling.intake;

import org.jspecify.annotations.NullMarked;
