/** Messages between the functions. They carry ids only. */
@NullMarked
package clinic.scheduling.core.queue;

import org.jspecify.annotations.NullMarked;
