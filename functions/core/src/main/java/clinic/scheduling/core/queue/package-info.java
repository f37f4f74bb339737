/** Messages between the functions: ids only. */
@NullMarked
package clinic.scheduling.core.queue;

import org.jspecify.annotations.NullMarked;
