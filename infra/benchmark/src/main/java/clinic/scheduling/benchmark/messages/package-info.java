/** How many messages are sent in a second, and what a run of the reminders reads. */
@NullMarked
package clinic.scheduling.benchmark.messages;

import org.jspecify.annotations.NullMarked;
