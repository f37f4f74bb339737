/** {@code POST /webhooks/canvas}: authenticate, parse, deduplicate, queue, answer. */
@NullMarked
package clinic.scheduling.intake;

import org.jspecify.annotations.NullMarked;
