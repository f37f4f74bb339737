/** The triggers of functions other than HTTP: queues and schedules. */
@NullMarked
package clinic.scheduling.local.events;

import org.jspecify.annotations.NullMarked;
