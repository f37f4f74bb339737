/** Synchronises calendars and requests patient messages when an appointment may have changed. */
@NullMarked
package clinic.scheduling.fanout;

import org.jspecify.annotations.NullMarked;
