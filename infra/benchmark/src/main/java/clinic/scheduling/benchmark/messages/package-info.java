/** How many messages are sent per second, and how much a run of the reminders reads. */
@NullMarked
package clinic.scheduling.benchmark.messages;

import org.jspecify.annotations.NullMarked;
