/** Meetings that people put into their calendars, as both providers show them. */
@NullMarked
package clinic.scheduling.calendars.meeting;

import org.jspecify.annotations.NullMarked;
