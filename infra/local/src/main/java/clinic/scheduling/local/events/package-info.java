/** What calls functions besides HTTP: queues and schedules. */
@NullMarked
package clinic.scheduling.local.events;

import org.jspecify.annotations.NullMarked;
